import type { StreamId, StreamInfo, TypeOfVideo, VideoDimensions } from '@evercall/protocol';
import type { MediaSession } from '../media/media-session.js';
import type { Connection } from './connection.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { StreamManager } from './stream-manager.js';

/** What is known of a stream, published or not. */
export interface StreamFacts {
  hasAudio: boolean;
  hasVideo: boolean;
  audioActive: boolean;
  videoActive: boolean;
  typeOfVideo: TypeOfVideo | undefined;
  frameRate: number | undefined;
  videoDimensions: VideoDimensions;
}

/** A stream's place in a session. */
interface Published {
  id: StreamId;
  connection: Connection;
  creationTime: number;
  /** The transports that carry it now. */
  media: () => MediaSession | undefined;
}

const noFacts: StreamFacts = {
  hasAudio: false,
  hasVideo: false,
  audioActive: false,
  videoActive: false,
  typeOfVideo: undefined,
  frameRate: undefined,
  videoDimensions: { width: 0, height: 0 },
};

/** Audio, video or both, as one connection publishes it. */
export class Stream {
  /** The Publisher or Subscriber of this stream, once there is one. */
  streamManager: StreamManager | undefined;
  readonly #local: boolean;
  #facts: StreamFacts = noFacts;
  #published: Published | undefined;
  #mediaStream: MediaStream | undefined;

  /** The SDK makes them. */
  constructor(local: boolean) {
    this.#local = local;
  }

  /**
   * Who publishes it.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED` for a stream of one's own that was never published
   */
  get connection(): Connection {
    if (this.#published) return this.#published.connection;
    throw new OpenViduError(OpenViduErrorName.OPENVIDU_NOT_CONNECTED, 'The stream is not published');
  }

  /** Empty for a stream of one's own that was never published. */
  get streamId(): string {
    return this.#published?.id ?? '';
  }

  /** Milliseconds since 1970; 0 for a stream of one's own that was never published. */
  get creationTime(): number {
    return this.#published?.creationTime ?? 0;
  }

  get hasAudio(): boolean {
    return this.#facts.hasAudio;
  }

  get hasVideo(): boolean {
    return this.#facts.hasVideo;
  }

  /** `false`: muted by its publisher. */
  get audioActive(): boolean {
    return this.#facts.audioActive;
  }

  /** `false`: muted by its publisher. */
  get videoActive(): boolean {
    return this.#facts.videoActive;
  }

  /** Absent for audio alone. */
  get typeOfVideo(): TypeOfVideo | undefined {
    return this.#facts.typeOfVideo;
  }

  /** Frames per second that its publisher asked its device for. */
  get frameRate(): number | undefined {
    return this.#facts.frameRate;
  }

  /** Pixels; zero while unknown. */
  get videoDimensions(): VideoDimensions {
    return this.#facts.videoDimensions;
  }

  isLocal(): boolean {
    return this.#local;
  }

  /** Its tracks; absent while nothing is captured or received. The object stays the same when tracks change. */
  getMediaStream(): MediaStream | undefined {
    return this.#mediaStream;
  }

  /** The peer connection that carries it, together with other streams of the same direction. */
  getRTCPeerConnection(): RTCPeerConnection | undefined {
    return this.#published?.media()?.peerConnection(this.#direction);
  }

  /** Restarts ICE of the transport that carries it. The SDK does so by itself when the transport is down. */
  async reconnect(): Promise<void> {
    await this.#published?.media()?.restart(this.#direction);
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: this media server has no filters */
  async applyFilter(type: string, _options: object): Promise<never> {
    throw new OpenViduError(OpenViduErrorName.GENERIC_ERROR, `No filter '${type}': mediasoup has no filters`);
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: this media server has no filters */
  async removeFilter(): Promise<never> {
    throw new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'No filter to remove: mediasoup has no filters');
  }

  /** @internal */
  get id(): StreamId | undefined {
    return this.#published?.id;
  }

  /** @internal */
  update(facts: Partial<StreamFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  /** @internal */
  setMediaStream(mediaStream: MediaStream): void {
    this.#mediaStream = mediaStream;
  }

  /** @internal */
  setPublished(info: StreamInfo, connection: Connection, media: Published['media']): void {
    this.#published = { id: info.streamId, connection, creationTime: info.createdAt, media };
  }

  /** @internal */
  stopTracks(): void {
    for (const track of this.#mediaStream?.getTracks() ?? []) track.stop();
  }

  get #direction(): 'send' | 'recv' {
    return this.#local ? 'send' : 'recv';
  }
}

/** @internal What a master says of a stream. */
export function factsOf(info: StreamInfo): StreamFacts {
  return {
    hasAudio: info.hasAudio,
    hasVideo: info.hasVideo,
    audioActive: info.audioActive ?? false,
    videoActive: info.videoActive ?? false,
    typeOfVideo: info.typeOfVideo,
    frameRate: info.frameRate,
    videoDimensions: info.videoDimensions ?? { width: 0, height: 0 },
  };
}
