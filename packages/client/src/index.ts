export type {
  AppEventData,
  AppEventName,
  Capabilities,
  ErrorCode,
  Role,
  TypeOfVideo,
} from '@evercall/protocol';
export { Connection } from './api/connection.js';
export type { PublisherEventMap, SessionEventMap, StreamManagerEventMap } from './api/event-maps.js';
export {
  AppEventEvent,
  ConnectionEvent,
  type ConnectionEventReason,
  ConnectionPropertyChangedEvent,
  Event,
  ExceptionEvent,
  ExceptionEventName,
  PublisherSpeakingEvent,
  ServedByEvent,
  type ServedByNodes,
  SessionDisconnectedEvent,
  SignalEvent,
  StreamEvent,
  type StreamEventReason,
  StreamManagerEvent,
  type StreamProperty,
  StreamPropertyChangedEvent,
  type StreamPropertyReason,
  VideoElementEvent,
} from './api/events.js';
export { OpenVidu } from './api/openvidu.js';
export { OpenViduError, OpenViduErrorName } from './api/openvidu-error.js';
export {
  type AudioSource,
  type Device,
  type OpenViduAdvancedConfiguration,
  type PublisherProperties,
  type SignalOptions,
  type SpeakingEventsOptions,
  type SubscriberProperties,
  VideoInsertMode,
  type VideoSource,
} from './api/properties.js';
export { Publisher } from './api/publisher.js';
export { type ConnectionState, Session } from './api/session.js';
export { Stream } from './api/stream.js';
export { StreamManager, type StreamManagerVideo } from './api/stream-manager.js';
export { Subscriber } from './api/subscriber.js';
