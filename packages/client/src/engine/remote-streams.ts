import type { Params, StreamId } from '@evercall/protocol';
import { log } from '../log.js';
import { receivable } from '../media/device-cache.js';
import type { MediaSession } from '../media/media-session.js';
import type { Ask } from './ask.js';
import type { CurrentMedia } from './current-media.js';

/** What a subscriber wants of a stream, and where the tracks go. */
export interface RemoteWish {
  audio: boolean;
  video: boolean;
  /** Called with all tracks at the beginning, and again when the media was rebuilt. */
  onTracks(tracks: MediaStreamTrack[]): void;
}

/** The streams that this connection receives, from whatever media node. */
export class RemoteStreams {
  readonly #media: CurrentMedia;
  readonly #ask: Ask;
  readonly #wishes = new Map<StreamId, RemoteWish>();

  constructor(media: CurrentMedia, ask: Ask) {
    this.#media = media;
    this.#ask = ask;
  }

  /** What is wanted, as a resume tells it. */
  get subscriptions(): Params<'resume'>['subscriptions'] {
    return [...this.#wishes].map(([streamId, { audio, video }]) => ({ streamId, audio, video }));
  }

  /**
   * Receives a stream, or changes what is wanted of it; resolves when its media may flow.
   * @throws {SignalError} refused
   */
  async subscribe(streamId: StreamId, wish: RemoteWish): Promise<void> {
    this.#wishes.set(streamId, wish);
    try {
      await this.#media.with((media) => this.#receive(media, streamId, wish));
    } catch (error) {
      if (this.#wishes.get(streamId) === wish) this.drop(streamId);
      throw error;
    }
  }

  /** Stops receiving, here at once and in the cluster when it resolves. */
  async unsubscribe(streamId: StreamId): Promise<void> {
    if (!this.#wishes.has(streamId)) return;
    this.drop(streamId);
    await this.#ask('unsubscribe', { streamId });
  }

  /** The browser's statistics of each track of a stream. */
  async stats(streamId: StreamId): Promise<RTCStatsReport[]> {
    return (await this.#media.known?.receiving?.stats(streamId)) ?? [];
  }

  /** The stream is over. */
  drop(streamId: StreamId): void {
    this.#wishes.delete(streamId);
    this.#media.known?.receiving?.closeStream(streamId);
  }

  /** Receives everything again that is wanted. Never rejects. */
  async receiveAgain(): Promise<void> {
    await Promise.all(
      [...this.#wishes].map(async ([streamId, wish]) => {
        try {
          await this.#media.with((media) => this.#receive(media, streamId, wish));
        } catch (error) {
          log.warn(`stream ${streamId} could not be received again`, error);
        }
      }),
    );
  }

  /**
   * If the media node has made the consumers already, nothing waits for the answer to `subscribe`; it goes first
   * all the same, as it says what is wanted.
   */
  async #receive(media: MediaSession, streamId: StreamId, wish: RemoteWish): Promise<void> {
    const { generation } = media;
    const { audio, video } = wish;
    const question = { streamId, audio, video, generation, rtpCapabilities: receivable(media.device) };
    const asked = this.#ask('subscribe', question, { media: true });
    const prepared = media.prepared(streamId);
    const flow = async () => {
      const infos = prepared.length > 0 ? prepared : (await asked).consumers;
      const tracks = await media.recv.consume(infos);
      if (!this.#wishes.has(streamId)) media.recv.closeStream(streamId);
      if (this.#wishes.get(streamId) !== wish) return;
      wish.onTracks(tracks);
      await this.#ask('startConsumers', { streamIds: [streamId], generation }, { media: true });
    };
    await Promise.all([asked, flow()]);
  }
}
