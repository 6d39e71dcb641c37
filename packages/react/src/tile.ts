import type { StreamManager } from '@evercall/client';
import type { Participant, ParticipantStream } from './participant.js';

/** One place in a grid: a participant's camera, or its screen, or only its name while it sends nothing. */
export interface Tile {
  /** Stays the same for as long as the place does. */
  key: string;
  /** Empty for our own place before we are connected. */
  connectionId: string;
  /** Absent while nothing is sent. */
  streamId: string | undefined;
  name: string;
  isLocal: boolean;
  isScreen: boolean;
  /** For a `VideoTile`; absent while nothing is sent. */
  manager: StreamManager | undefined;
  /** There is sound, and it isn't muted. */
  audioActive: boolean;
  /** There is a picture, and it isn't muted. */
  videoActive: boolean;
}

/** What to call a participant. */
export type NameOf = (participant: Participant) => string;

/** Key of our own place: it is there before we are connected, and stays when we join again under another id. */
const ownKey = 'own';

const emptyTile: Tile = {
  key: ownKey,
  connectionId: '',
  streamId: undefined,
  name: '',
  isLocal: true,
  isScreen: false,
  manager: undefined,
  audioActive: false,
  videoActive: false,
};

/** Makes the places of participants; who didn't change gets the same objects again. */
export class TileMaker {
  readonly #nameOf: NameOf;
  readonly #made = new WeakMap<Participant, readonly Tile[]>();

  constructor(nameOf: NameOf) {
    this.#nameOf = nameOf;
  }

  /** The places of a grid: each participant has one, and one more for each further stream. Ours is the first. */
  tilesOf(participants: readonly Participant[], ownName: string): Tile[] {
    const tiles = participants.flatMap((participant) => this.#tilesOf(participant));
    return tiles.some((tile) => tile.key === ownKey) ? tiles : [{ ...emptyTile, name: ownName }, ...tiles];
  }

  #tilesOf(participant: Participant): readonly Tile[] {
    const tiles = this.#made.get(participant) ?? placesOf(participant, this.#nameOf(participant));
    this.#made.set(participant, tiles);
    return tiles;
  }
}

/** The first place is the participant's own, so that it stays when the stream comes, goes or is made anew. */
function placesOf({ connectionId, isLocal, streams }: Participant, name: string): readonly Tile[] {
  const place = { ...emptyTile, key: isLocal ? ownKey : connectionId, connectionId, name, isLocal };
  const tiles = streams.map((stream) => ({ ...place, ...factsOf(stream) }));
  const [first = place, ...further] = tiles.filter((tile) => !tile.isScreen);
  const screens = tiles.filter((tile) => tile.isScreen);
  return [
    first,
    ...[...further, ...screens].map((tile) => ({ ...tile, key: `${tile.connectionId}/${tile.streamId}` })),
  ];
}

function factsOf(
  stream: ParticipantStream,
): Pick<Tile, 'streamId' | 'isScreen' | 'manager' | 'audioActive' | 'videoActive'> {
  return {
    streamId: stream.streamId,
    isScreen: stream.typeOfVideo === 'SCREEN',
    manager: stream.manager,
    audioActive: stream.hasAudio && stream.audioActive,
    videoActive: stream.hasVideo && stream.videoActive,
  };
}
