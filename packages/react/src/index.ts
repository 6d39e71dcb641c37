import type {
  Connection,
  Device,
  OpenVidu,
  OpenViduError,
  Publisher,
  PublisherProperties,
  ServedByNodes,
  Session,
  SessionDisconnectedEvent,
  SignalEvent,
  Stream,
  StreamManager,
  SubscriberProperties,
} from '@evercall/client';
import type { ComponentProps, ReactElement } from 'react';

export type SessionState =
  | { name: 'idle' }
  | { name: 'connecting' }
  | { name: 'connected' }
  | { name: 'reconnecting' }
  | { name: 'ended'; reason: SessionDisconnectedEvent['reason'] }
  | { name: 'failed'; error: Error };

export interface UseSessionOptions {
  /** A token, or how to get one; called at each connect(). */
  getToken: string | ((signal: AbortSignal) => Promise<string>);
  /** Client data of the connection: a string, or an object that is written as JSON. */
  userData?: unknown;
}

export interface UseSession {
  state: SessionState;
  /** The current session object; a new one at each connect(). */
  session: Session | undefined;
  /** Joins. Never rejects: failures show in `state`. Does nothing while connecting or connected. */
  connect(): Promise<void>;
  leave(): void;
}
export declare function useSession(options: UseSessionOptions): UseSession;

export interface ParticipantStream {
  streamId: string;
  stream: Stream;
  /** Publisher (own) or Subscriber (others). */
  manager: StreamManager;
  typeOfVideo: 'CAMERA' | 'SCREEN' | 'CUSTOM' | undefined;
  hasAudio: boolean;
  hasVideo: boolean;
  audioActive: boolean;
  videoActive: boolean;
  speaking: boolean;
}

export interface Participant {
  connectionId: string;
  connection: Connection;
  isLocal: boolean;
  /** What `connect` and the backend said of it, separated. */
  clientData: string;
  serverData: string;
  streams: ParticipantStream[];
}
/** Local first, then the others in the order in which they came. Subscribes to every remote stream. */
export declare function useParticipants(
  session: Session | undefined,
  options?: SubscriberProperties,
): Participant[];

/** Where one of the two devices stands. */
export type MediaStatus =
  | 'off'
  | 'prompting'
  | 'granted'
  | 'denied'
  | 'dismissed'
  | 'noDevice'
  | 'inUse'
  | 'insecureContext'
  | 'unplugged'
  | 'failed';

export interface LocalMediaInput {
  status: MediaStatus;
  track: MediaStreamTrack | undefined;
  deviceId: string | undefined;
  error: OpenViduError | undefined;
}

export interface UseLocalMediaOptions {
  /** Ask for them at once; `true`. */
  audio?: boolean;
  video?: boolean;
  /** `WIDTHxHEIGHT`; `640x480`. */
  resolution?: string;
  frameRate?: number;
}
export interface UseLocalMedia {
  audio: LocalMediaInput;
  video: LocalMediaInput;
  /** Both tracks as far as they are there; the same object until a track is added or removed. */
  stream: MediaStream | undefined;
  /** Asks for a device (again); `false` lets go of it; absent: the one chosen before, or the browser's default. */
  selectAudio(deviceId?: string | false): Promise<void>;
  selectVideo(deviceId?: string | false): Promise<void>;
  /** Lets go of both. */
  release(): void;
}
export declare function useLocalMedia(options?: UseLocalMediaOptions): UseLocalMedia;

export interface UsePublisherOptions {
  session: Session | undefined;
  /** Tracks to publish; `undefined` for none. A change replaces the track, or publishes again if the kinds changed. */
  audioTrack: MediaStreamTrack | undefined;
  videoTrack: MediaStreamTrack | undefined;
  /** Other properties at the first publishing; `publishAudio: false` starts muted. */
  properties?: Omit<PublisherProperties, 'audioSource' | 'videoSource'>;
}
export interface UsePublisher {
  publisher: Publisher | undefined;
  /** `published` once everybody can see it. */
  state: 'none' | 'publishing' | 'published' | 'failed';
  error: Error | undefined;
  audioActive: boolean;
  videoActive: boolean;
  setAudioActive(active: boolean): void;
  setVideoActive(active: boolean): void;
}
export declare function usePublisher(options: UsePublisherOptions): UsePublisher;

export interface UseScreenShare {
  state: 'off' | 'prompting' | 'sharing' | 'failed';
  publisher: Publisher | undefined;
  /** Why it failed; the user closing the dialog is no failure. */
  error: Error | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
}
export declare function useScreenShare(session: Session | undefined): UseScreenShare;

export interface UseDevices {
  audioInputs: Device[];
  videoInputs: Device[];
  audioOutputs: { deviceId: string; label: string }[];
}
export declare function useDevices(): UseDevices;

export interface ReceivedSignal {
  id: number;
  type: string;
  data: string;
  /** Absent if a backend sent it. */
  from: Connection | undefined;
  isLocal: boolean;
  /** Milliseconds since 1970, when it arrived. */
  receivedAt: number;
}
export interface UseSignals {
  signals: ReceivedSignal[];
  send(data: string, to?: Connection[]): Promise<void>;
}
/** Signals of one type, oldest first; the last 500 are kept. */
export declare function useSignals(session: Session | undefined, type: string): UseSignals;

/** The browser's statistics of a stream, read every `intervalMs` (1000). */
export declare function useStats(
  manager: StreamManager | undefined,
  intervalMs?: number,
): RTCStatsReport | undefined;
export declare function useServedBy(session: Session | undefined): ServedByNodes | undefined;

export interface VideoTileProps extends Omit<ComponentProps<'video'>, 'onError' | 'muted'> {
  manager?: StreamManager | undefined;
  /** Instead of `manager`: a stream of one's own, as a preview before joining. */
  preview?: MediaStream | undefined;
  /** Default: the tile of one's own stream is silent, the others are not. */
  muted?: boolean;
  /** Audio output device. */
  sinkId?: string;
  /** The browser refuses to play sound before the user touched the page; call `play` in a click handler. */
  onAutoplayBlocked?: (play: () => Promise<void>) => void;
}
/** A `<video>` with `data-stream-id`, `data-local`, `data-type-of-video`, `data-playing`; no style of its own. */
export declare function VideoTile(props: VideoTileProps): ReactElement;
export type { OpenVidu };
