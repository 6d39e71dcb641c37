import type { StreamId } from '@evercall/protocol';
import type { RemoteStreams } from '../engine/remote-streams.js';
import { log } from '../log.js';
import { mergeStats } from '../media/merge-stats.js';
import { swapTracks } from '../media/swap-tracks.js';
import type { SpeakingEventsOptions, SubscriberProperties } from './properties.js';
import type { Stream } from './stream.js';
import { StreamManager } from './stream-manager.js';

export interface SubscriberOptions {
  stream: Stream;
  streamId: StreamId;
  remote: RemoteStreams;
  target: string | HTMLElement | undefined;
  properties: SubscriberProperties;
  speaking: SpeakingEventsOptions;
}

/** The receiving of one stream. */
export class Subscriber extends StreamManager {
  readonly #options: SubscriberOptions;
  #audio: boolean;
  #video: boolean;

  /** `Session.subscribe()` makes them. */
  constructor(options: SubscriberOptions) {
    const { insertMode } = options.properties;
    super({
      stream: options.stream,
      target: options.target,
      insertMode,
      mirror: false,
      speaking: options.speaking,
    });
    this.#options = options;
    this.#audio = options.properties.subscribeToAudio ?? true;
    this.#video = options.properties.subscribeToVideo ?? true;
    options.stream.setMediaStream(new MediaStream());
    this.createTargetVideo();
  }

  /** Receives the sound, or stops to. */
  subscribeToAudio(value: boolean): this {
    this.#audio = value;
    this.#change();
    return this;
  }

  /** Receives the picture, or stops to. */
  subscribeToVideo(value: boolean): this {
    this.#video = value;
    this.#change();
    return this;
  }

  async getStats(): Promise<RTCStatsReport> {
    const reports = await this.#options.remote.stats(this.#options.streamId);
    return mergeStats(reports);
  }

  /** @internal */
  async start(): Promise<void> {
    await this.#options.remote.subscribe(this.#options.streamId, {
      audio: this.#audio,
      video: this.#video,
      onTracks: (tracks) => this.#receive(tracks),
    });
  }

  #receive(tracks: MediaStreamTrack[]): void {
    const mediaStream = this.stream.getMediaStream();
    if (mediaStream) swapTracks(mediaStream, tracks);
    this.#enableTracks();
    this.tracksChanged();
  }

  #change(): void {
    this.#enableTracks();
    this.start().catch((error: unknown) => log.warn('what is received could not be changed', error));
  }

  /** Until the media node stops sending, the page is silent and black already. */
  #enableTracks(): void {
    for (const track of this.stream.getMediaStream()?.getTracks() ?? []) {
      track.enabled = track.kind === 'audio' ? this.#audio : this.#video;
    }
  }
}
