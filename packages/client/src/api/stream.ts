import type { TypeOfVideo } from '@evercall/protocol';
import type { Connection } from './connection.js';
import type { StreamManager } from './stream-manager.js';

export declare class Stream {
  readonly connection: Connection;
  readonly streamId: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  /** `false`: muted by its publisher. */
  audioActive: boolean;
  videoActive: boolean;
  readonly typeOfVideo: TypeOfVideo | undefined;
  readonly frameRate: number | undefined;
  videoDimensions: { width: number; height: number };
  /** The Publisher or Subscriber of this stream, once there is one. */
  streamManager: StreamManager | undefined;
  isLocal(): boolean;
  getMediaStream(): MediaStream | undefined;
  getRTCPeerConnection(): RTCPeerConnection | undefined;
  /** Restarts the transport that carries the stream. */
  reconnect(): Promise<void>;
  /** Rejects: this media server has no filters. */
  applyFilter(type: string, options: object): Promise<never>;
  /** Rejects: this media server has no filters. */
  removeFilter(): Promise<never>;
}
