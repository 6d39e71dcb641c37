import type {
  MediaKind,
  MediaOptions,
  StreamChangeReason,
  StreamId,
  StreamInfo,
  VideoCodec,
  VideoDimensions,
} from '@evercall/protocol';
import { log } from '../log.js';
import type { MediaSession } from '../media/media-session.js';
import type { OutgoingTrack, SendSide } from '../media/send-side.js';
import { RequestDroppedError } from '../signal/signal-error.js';
import type { Ask } from './ask.js';
import type { CurrentMedia } from './current-media.js';
import { type KeepTryingOptions, keepTrying } from './keep-trying.js';

/** What a publisher wants to be published now; asked again whenever the media is rebuilt. */
export interface LocalSource {
  options(): MediaOptions;
  tracks(): OutgoingTrack[];
  /** The session's setting if absent. */
  readonly simulcast: boolean | undefined;
}

export interface LocalStreamsOptions extends Pick<KeepTryingOptions, 'random' | 'signal'> {
  media: CurrentMedia;
  ask: Ask;
  settings: () => { codec: VideoCodec; simulcast: boolean };
}

/** The streams that this connection publishes, on whatever media node. */
export class LocalStreams {
  readonly #options: LocalStreamsOptions;
  readonly #sources = new Map<StreamId, LocalSource>();
  /** Counts the repetitions of each stream; only the latest one goes on. */
  readonly #turns = new Map<StreamId, number>();

  constructor(options: LocalStreamsOptions) {
    this.#options = options;
  }

  /**
   * Publishes; resolves when every participant can see the stream.
   * @throws {SignalError} refused
   * @throws {Error} the browser can't send a track
   */
  async publish(streamId: StreamId, source: LocalSource): Promise<StreamInfo> {
    const stream = await this.#options.media.with((media) => this.#send(media, { streamId, source }));
    this.#sources.set(streamId, source);
    return stream;
  }

  /** Stops publishing, here at once and for everybody when it resolves. */
  async unpublish(streamId: StreamId): Promise<void> {
    this.drop(streamId);
    await this.#options.ask('unpublish', { streamId });
  }

  /** The stream was ended by somebody else. */
  drop(streamId: StreamId): void {
    this.#sources.delete(streamId);
    this.#turns.delete(streamId);
    for (const media of this.#options.media.all) media.sending?.closeStream(streamId);
  }

  /** Mutes or unmutes a track, here at once and for everybody when it resolves. */
  async setActive(change: {
    streamId: StreamId;
    kind: MediaKind;
    active: boolean;
    reason: StreamChangeReason;
  }): Promise<void> {
    if (!this.#sources.has(change.streamId)) return;
    for (const media of this.#options.media.all) {
      media.sending?.setActive(change.streamId, change.kind, change.active);
    }
    await this.#options.ask('setTrackActive', change);
  }

  /** Tells everybody that the picture has another size. */
  async setDimensions(
    streamId: StreamId,
    dimensions: VideoDimensions,
    reason: StreamChangeReason,
  ): Promise<void> {
    await this.#options.ask('setVideoDimensions', { streamId, dimensions, reason });
  }

  /** Sends another track of the same kind, or none for the moment. */
  async replaceTrack(streamId: StreamId, kind: MediaKind, track: MediaStreamTrack | null): Promise<void> {
    await Promise.all(
      this.#options.media.all.map(async ({ sending }) => sending?.replaceTrack(streamId, track, kind)),
    );
  }

  /** The browser's statistics of each track of a stream. */
  async stats(streamId: StreamId): Promise<RTCStatsReport[]> {
    const sending = this.#options.media.known?.sending;
    const reports = [sending?.stats(streamId, 'audio'), sending?.stats(streamId, 'video')];
    return Promise.all(reports.filter((report) => report !== undefined));
  }

  /** Publishes streams again under their ids, all if none are named. Never rejects. */
  async publishAgain(streamIds: readonly StreamId[] = [...this.#sources.keys()]): Promise<void> {
    await Promise.all(
      streamIds.map(async (streamId) => {
        const source = this.#sources.get(streamId);
        if (!source) return;
        const turn = (this.#turns.get(streamId) ?? 0) + 1;
        this.#turns.set(streamId, turn);
        const isWanted = () => this.#sources.get(streamId) === source && this.#turns.get(streamId) === turn;
        try {
          const send = () =>
            this.#options.media.with((media) => this.#send(media, { streamId, source, isWanted }));
          await keepTrying(send, { ...this.#options, isWanted });
        } catch (error) {
          if (isWanted()) log.warn(`stream ${streamId} could not be published again`, error);
        }
      }),
    );
  }

  async #send(
    media: MediaSession,
    stream: { streamId: StreamId; source: LocalSource; isWanted?: () => boolean },
  ): Promise<StreamInfo> {
    const { streamId, source, isWanted = () => true } = stream;
    if (!isWanted()) throw new RequestDroppedError('ended');
    const { codec, simulcast } = this.#options.settings();
    const { send, generation } = media;
    const sent = source.tracks();
    const options = source.options();
    try {
      const tracks = await send.produce({
        streamId,
        tracks: sent,
        simulcast: source.simulcast ?? simulcast,
        codec,
      });
      // Ended while the browser was busy: behind `unpublish`, this question would bring it back.
      if (!isWanted()) throw new RequestDroppedError('ended');
      const { stream } = await this.#options.ask(
        'publish',
        { streamId, options, tracks, generation },
        { media: true },
      );
      this.#catchUp(send, streamId, { sent, source });
      return stream;
    } catch (error) {
      // A later repetition uses the same producers.
      if (isWanted()) send.closeStream(streamId);
      throw error;
    }
  }

  /** Somebody may have muted, or changed the camera, while the stream was being published. */
  #catchUp(send: SendSide, streamId: StreamId, found: { sent: OutgoingTrack[]; source: LocalSource }): void {
    for (const now of found.source.tracks()) {
      const kind = now.track.kind === 'audio' ? 'audio' : 'video';
      const then = found.sent.find((outgoing) => outgoing.track.kind === kind);
      if (!then) continue;
      const late = (error: unknown) => log.warn(`stream ${streamId} could not be brought up to date`, error);
      if (then.track !== now.track) send.replaceTrack(streamId, now.track, kind).catch(late);
      if (then.active === now.active) continue;
      send.setActive(streamId, kind, now.active);
      const reason = kind === 'audio' ? 'publishAudio' : 'publishVideo';
      this.#options.ask('setTrackActive', { streamId, kind, active: now.active, reason }).catch(late);
    }
  }
}
