import type { AppEventName } from '@evercall/protocol';
import type {
  AppEventEvent,
  ConnectionEvent,
  ConnectionPropertyChangedEvent,
  ExceptionEvent,
  PublisherSpeakingEvent,
  ServedByEvent,
  SessionDisconnectedEvent,
  SignalEvent,
  StreamEvent,
  StreamManagerEvent,
  StreamPropertyChangedEvent,
  VideoElementEvent,
} from './events.js';
import type { OpenViduError } from './openvidu-error.js';

/** Events of the application, each under its name. */
type AppEventMap = { [Name in AppEventName as `app:${Name}`]: AppEventEvent<Name> };

/** What a Session emits. `reconnecting` and `reconnected` carry nothing. */
export interface SessionEventMap extends AppEventMap {
  connectionCreated: ConnectionEvent;
  connectionDestroyed: ConnectionEvent;
  connectionPropertyChanged: ConnectionPropertyChangedEvent;
  sessionDisconnected: SessionDisconnectedEvent;
  /** Of remote streams. */
  streamCreated: StreamEvent;
  /** Of remote streams. */
  streamDestroyed: StreamEvent;
  streamPropertyChanged: StreamPropertyChangedEvent;
  publisherStartSpeaking: PublisherSpeakingEvent;
  publisherStopSpeaking: PublisherSpeakingEvent;
  signal: SignalEvent;
  [type: `signal:${string}`]: SignalEvent;
  reconnecting: undefined;
  reconnected: undefined;
  exception: ExceptionEvent;
  servedByChanged: ServedByEvent;
  /** Something of one's own was published, or is no more; the publisher says which. */
  ownStreamsChanged: undefined;
}

/** What Publisher and Subscriber emit. */
export interface StreamManagerEventMap {
  videoElementCreated: VideoElementEvent;
  videoElementDestroyed: VideoElementEvent;
  /** A video element shows the stream for the first time. */
  streamPlaying: StreamManagerEvent;
  streamAudioVolumeChange: StreamManagerEvent;
  streamPropertyChanged: StreamPropertyChangedEvent;
  publisherStartSpeaking: PublisherSpeakingEvent;
  publisherStopSpeaking: PublisherSpeakingEvent;
}

/** What a Publisher emits besides. */
export interface PublisherEventMap extends StreamManagerEventMap {
  /** The stream is published. */
  streamCreated: StreamEvent;
  streamDestroyed: StreamEvent;
  accessAllowed: undefined;
  /** With the OpenViduError that says why. */
  accessDenied: OpenViduError;
  /** The browser asks the user for permission. */
  accessDialogOpened: undefined;
  accessDialogClosed: undefined;
}
