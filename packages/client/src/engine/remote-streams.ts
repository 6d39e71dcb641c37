import type { MediaKind, Params, StreamId } from '@evercall/protocol';
import { log } from '../log.js';
import { receivable } from '../media/device-cache.js';
import type { MediaSession } from '../media/media-session.js';
import type { ReceivedTrack } from '../media/received-track.js';
import type { Ask } from './ask.js';
import type { CurrentMedia } from './current-media.js';
import { Gaps } from './gaps.js';
import { hasArrived } from './has-arrived.js';
import { type KeepTryingOptions, keepTrying } from './keep-trying.js';
import type { LookOut } from './look-out.js';

/** What a subscriber wants of a stream, and where the tracks go. */
export interface RemoteWish {
  audio: boolean;
  video: boolean;
  /** Called with all tracks at the beginning, and again whenever others take their places. */
  onTracks(tracks: MediaStreamTrack[]): void;
}

/** A track that the application has. */
interface Shown {
  media: MediaSession;
  received: ReceivedTrack;
  /** When something of it was decoded last, as far as anybody looked. */
  lastMs: number | undefined;
}

/** A stream that is wanted. */
interface Entry {
  wish: RemoteWish;
  /** Grows with each setting-up; only the latest one decides what is shown. */
  turn: number;
  /** The transports for which it was set up last. */
  askedFor: MediaSession | undefined;
  /** Generation to which its publisher has moved, as far as the log has told. */
  generation: number;
  shown: Map<MediaKind, Shown>;
}

/** One setting-up of a stream. */
interface Attempt {
  streamId: StreamId;
  entry: Entry;
  /** No later one has begun, and the stream is still wanted. */
  isLatest: () => boolean;
  /** Consumers that the media node made before they were asked for are good. */
  usePrepared: boolean;
}

/** Streams that one `startConsumers` may name. */
const mostAtOnce = 200;

export interface RemoteStreamsOptions extends Pick<KeepTryingOptions, 'random' | 'signal'> {
  media: CurrentMedia;
  ask: Ask;
  lookOut: LookOut;
}

/** The streams that this connection receives, from whatever media node. */
export class RemoteStreams {
  readonly #media: CurrentMedia;
  readonly #ask: Ask;
  readonly #lookOut: LookOut;
  readonly #random: () => number;
  readonly #signal: AbortSignal;
  readonly #entries = new Map<StreamId, Entry>();
  #gaps = new Gaps();
  /** A question that is about to be asked. */
  #starting: { media: MediaSession; streamIds: StreamId[]; asked: Promise<unknown> } | undefined;
  /** Called when tracks took the places of others, or are not shown any more. */
  onSwapped: (() => void) | undefined;

  constructor({ media, ask, lookOut, random, signal }: RemoteStreamsOptions) {
    this.#media = media;
    this.#ask = ask;
    this.#lookOut = lookOut;
    this.#random = random;
    this.#signal = signal;
  }

  /** What is wanted, as a resume tells it. */
  get subscriptions(): Params<'resume'>['subscriptions'] {
    return [...this.#entries].map(([streamId, { wish }]) => {
      const { audio, video } = wish;
      return { streamId, audio, video };
    });
  }

  /**
   * Receives a stream, or changes what is wanted of it; resolves when its media may flow. If its publisher hasn't come
   * to the session's new media node yet, the tracks follow when it does.
   * @throws {SignalError} refused
   */
  async subscribe(streamId: StreamId, wish: RemoteWish): Promise<void> {
    const known = this.#entries.get(streamId);
    const entry = known ?? { wish, turn: 0, askedFor: undefined, generation: 0, shown: new Map() };
    entry.wish = wish;
    this.#entries.set(streamId, entry);
    try {
      await this.#setUp(streamId, entry);
    } catch (error) {
      if (this.#entries.get(streamId) === entry && entry.wish === wish) this.drop(streamId);
      throw error;
    }
  }

  /** Stops receiving, here at once and in the cluster when it resolves. */
  async unsubscribe(streamId: StreamId): Promise<void> {
    if (!this.#entries.has(streamId)) return;
    this.drop(streamId);
    await this.#ask('unsubscribe', { streamId });
  }

  /** The browser's statistics of each track of a stream. */
  async stats(streamId: StreamId): Promise<RTCStatsReport[]> {
    return (await this.#media.known?.receiving?.stats(streamId)) ?? [];
  }

  /** The stream is over. */
  drop(streamId: StreamId): void {
    this.#entries.delete(streamId);
    for (const media of this.#media.all) media.receiving?.closeStream(streamId);
    this.onSwapped?.();
  }

  /** The longest gaps since somebody asked last. */
  takeGaps(): Gaps['longest'] {
    const { longest } = this.#gaps;
    this.#gaps = new Gaps();
    return longest;
  }

  /** Media stops, or is about to: notes up to when it was there. */
  interrupted(): void {
    for (const { shown } of this.#entries.values()) for (const track of shown.values()) note(track);
  }

  /** A stream can be received at this generation: its publisher sends it there (again). Never rejects. */
  async moved(streamId: StreamId, generation: number): Promise<void> {
    const entry = this.#entries.get(streamId);
    if (!entry) return;
    entry.generation = Math.max(entry.generation, generation);
    // Of a move that this client hasn't heard of yet: its turn comes with the new transports.
    if (generation !== this.#media.known?.generation) return;
    await this.#setUpAgain(streamId, entry, false);
  }

  /**
   * Receives on new transports what is wanted, as far as it is there; what isn't there yet follows by {@link moved}.
   * @param all asks for what isn't known to be there, too. Never rejects.
   */
  async receiveAgain({ all }: { all: boolean }): Promise<void> {
    const media = this.#media.known;
    if (!media) return;
    const missing = [...this.#entries].filter(
      ([streamId, { askedFor, generation, shown }]) =>
        (askedFor !== media && (generation >= media.generation || media.prepared(streamId).length > 0)) ||
        (all && !isOn(shown, media)),
    );
    await Promise.all(missing.map(([streamId, entry]) => this.#setUpAgain(streamId, entry, !all)));
  }

  /** Looks whether consumers are still the right ones: nobody knows what happened to the streams. Never rejects. */
  async check(): Promise<void> {
    await Promise.all(
      [...this.#entries].map(([streamId, entry]) => this.#setUpAgain(streamId, entry, false)),
    );
  }

  /** Everything that is shown comes over these transports. */
  isAllOn(media: MediaSession): boolean {
    return [...this.#entries.values()].every(({ shown }) => shown.size === 0 || isOn(shown, media));
  }

  /** Something that is shown comes over these transports. */
  isShown(media: MediaSession): boolean {
    return [...this.#entries.values()].some(({ shown }) =>
      [...shown.values()].some((track) => track.media === media),
    );
  }

  async #setUpAgain(streamId: StreamId, entry: Entry, usePrepared: boolean): Promise<void> {
    // Each try is a turn of its own; somebody else's turn ends this.
    let turn = entry.turn + 1;
    const isWanted = () => this.#entries.get(streamId) === entry && entry.turn === turn;
    let prepared = usePrepared;
    const setUp = async () => {
      turn = entry.turn + 1;
      const started = this.#setUp(streamId, entry, prepared);
      prepared = false;
      await started;
    };
    try {
      await keepTrying(setUp, { random: this.#random, signal: this.#signal, isWanted });
    } catch (error) {
      if (isWanted()) log.warn(`stream ${streamId} could not be received again`, error);
    }
  }

  async #setUp(streamId: StreamId, entry: Entry, usePrepared = true): Promise<void> {
    entry.turn += 1;
    const { turn } = entry;
    const isLatest = () => this.#entries.get(streamId) === entry && entry.turn === turn;
    await this.#media.with(async (media) => {
      if (!isLatest()) return;
      entry.askedFor = media;
      await this.#receive(media, { streamId, entry, isLatest, usePrepared });
    });
  }

  /**
   * If the media node has made the consumers already, nothing waits for the answer to `subscribe`; it goes first
   * all the same, as it says what is wanted.
   */
  async #receive(media: MediaSession, attempt: Attempt): Promise<void> {
    const { streamId, entry, isLatest } = attempt;
    const { generation } = media;
    const { audio, video } = entry.wish;
    const question = { streamId, audio, video, generation, rtpCapabilities: receivable(media.device) };
    const asked = this.#ask('subscribe', question, { media: true });
    const prepared = attempt.usePrepared ? media.prepared(streamId) : [];
    const flow = async () => {
      const infos = prepared.length > 0 ? prepared : (await asked).consumers;
      if (!isLatest() || infos.length === 0) return;
      const tracks = await media.recv.consume(infos);
      if (!this.#entries.has(streamId)) media.recv.closeStream(streamId);
      if (!isLatest()) return;
      void this.#show(media, tracks, attempt);
      await this.#start(media, streamId);
    };
    await Promise.all([asked, flow()]);
  }

  /** Streams that become ready in the same moment are let flow by one question. */
  #start(media: MediaSession, streamId: StreamId): Promise<unknown> {
    const open = this.#starting;
    if (open?.media === media && open.streamIds.length < mostAtOnce) {
      open.streamIds.push(streamId);
      return open.asked;
    }
    const streamIds = [streamId];
    const { generation } = media;
    const asked = Promise.resolve().then(async () => {
      if (this.#starting?.streamIds === streamIds) this.#starting = undefined;
      return this.#ask('startConsumers', { streamIds, generation }, { media: true });
    });
    this.#starting = { media, streamIds, asked };
    return asked;
  }

  /** Gives the application the tracks: at once where it has none, else when something comes of the new one. */
  async #show(media: MediaSession, tracks: ReceivedTrack[], attempt: Attempt): Promise<void> {
    const { streamId, entry, isLatest } = attempt;
    const late: ReceivedTrack[] = [];
    for (const received of tracks) {
      const before = entry.shown.get(received.kind);
      if (before && before.received.track !== received.track) late.push(received);
      else entry.shown.set(received.kind, { media, received, lastMs: undefined });
    }
    if (late.length < tracks.length) give(entry);
    await Promise.all(
      late.map(async (received) => {
        const arrived = this.#arrival(media, received, entry);
        await this.#lookOut.until(() => !isLatest() || arrived());
        if (!isLatest()) return;
        this.#replace(entry, { media, received, lastMs: undefined });
      }),
    );
    if (!isLatest()) return;
    for (const kind of entry.shown.keys()) {
      if (!tracks.some((received) => received.kind === kind)) entry.shown.delete(kind);
    }
    const ids = tracks.map(({ id }) => id);
    media.receiving?.closeStream(streamId, ids);
    this.onSwapped?.();
  }

  #arrival(media: MediaSession, received: ReceivedTrack, { wish }: Entry): () => boolean {
    let connectedAt: number | undefined;
    return () => {
      const now = performance.now();
      if (media.isConnected('recv')) connectedAt ??= now;
      return hasArrived({
        played: received.playedAt() !== undefined,
        expected: wish[received.kind] && !received.muted,
        connectedForMs: connectedAt === undefined ? undefined : now - connectedAt,
      });
    };
  }

  #replace(entry: Entry, next: Shown): void {
    const { kind } = next.received;
    const before = entry.shown.get(kind);
    if (before) {
      note(before);
      this.#gaps.add(kind, before.lastMs, next.received.playedAt());
    }
    entry.shown.set(kind, next);
    give(entry);
  }
}

function isOn(shown: ReadonlyMap<MediaKind, Shown>, media: MediaSession): boolean {
  return shown.size > 0 && [...shown.values()].every((track) => track.media === media);
}

/** Browsers forget after a while when a track played last. */
function note(shown: Shown): void {
  shown.lastMs = shown.received.playedAt() ?? shown.lastMs;
}

function give({ wish, shown }: Entry): void {
  wish.onTracks([...shown.values()].map(({ received }) => received.track));
}
