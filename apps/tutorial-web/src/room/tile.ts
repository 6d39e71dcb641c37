import type { StreamManager } from '@evercall/client';
import type { Participant } from '@evercall/react';
import { participantName } from '../shared/participant-name.js';

/** One place in the grid: a participant's camera, or its screen, or only its name while it sends nothing. */
export interface Tile {
  /** Stays the same for as long as the place does. */
  key: string;
  connectionId: string;
  streamId: string | undefined;
  name: string;
  isLocal: boolean;
  isScreen: boolean;
  manager: StreamManager | undefined;
  audioActive: boolean;
  videoActive: boolean;
  speaking: boolean;
}

/** Key of our own place: it is there before we are connected, and stays when we join again under another id. */
const ownKey = 'own';

/** The places of the grid: each participant has one, and one more for each further stream. Ours is the first. */
export function tilesOf(participants: readonly Participant[], ownName: string): Tile[] {
  const tiles = participants.flatMap(tilesOfParticipant);
  return tiles.some((tile) => tile.key === ownKey) ? tiles : [{ ...emptyTile, name: ownName }, ...tiles];
}

function tilesOfParticipant(participant: Participant): Tile[] {
  const own = place(participant);
  const tiles = participant.streams.map((stream) => ({
    ...own,
    streamId: stream.streamId,
    isScreen: stream.typeOfVideo === 'SCREEN',
    manager: stream.manager,
    audioActive: stream.hasAudio && stream.audioActive,
    videoActive: stream.hasVideo && stream.videoActive,
    speaking: stream.speaking,
  }));
  const screens = tiles.filter((tile) => tile.isScreen);
  const others = tiles.filter((tile) => !tile.isScreen);
  const [first = own, ...further] = others;
  // The first place is the participant's own, so that it stays when the stream comes, goes or is made anew.
  return [
    first,
    ...[...further, ...screens].map((tile) => ({ ...tile, key: `${tile.connectionId}/${tile.streamId}` })),
  ];
}

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
  speaking: false,
};

function place(participant: Participant): Tile {
  const { connectionId, isLocal } = participant;
  return {
    ...emptyTile,
    key: isLocal ? ownKey : connectionId,
    connectionId,
    name: participantName(participant),
    isLocal,
  };
}
