import type { AppEventData, AppEventName, ConnectionEndReason, StreamEndReason } from '@evercall/protocol';
import type { Connection } from './connection.js';
import type { Stream } from './stream.js';

/** Why a connection ended; empty for events that are no end. */
export type ConnectionEventReason = ConnectionEndReason | '';
/** Why a stream ended; empty for events that are no end. */
export type StreamEventReason = StreamEndReason | '';
/** Property of a stream that changed. */
export type StreamProperty = 'videoActive' | 'audioActive' | 'videoTrack' | 'audioTrack' | 'videoDimensions';
/** Why a property of a stream changed. */
export type StreamPropertyReason =
  | 'publishVideo'
  | 'publishAudio'
  | 'trackReplaced'
  | 'deviceRotated'
  | 'screenResized';

export interface EventOptions {
  type: string;
  target: object;
  /** What happens after the listeners ran, unless one of them prevented it. */
  defaultBehavior?: () => void;
}

/** What every listener gets. */
export abstract class Event {
  readonly type: string;
  /** The object that emits the event. */
  readonly target: object;
  /** Whether there is a default behaviour to prevent. */
  readonly cancelable: boolean;
  readonly #defaultBehavior: (() => void) | undefined;
  #prevented = false;

  constructor(options: EventOptions) {
    this.type = options.type;
    this.target = options.target;
    this.cancelable = options.defaultBehavior !== undefined;
    this.#defaultBehavior = options.defaultBehavior;
  }

  isDefaultPrevented(): boolean {
    return this.#prevented;
  }

  /** Keeps the default behaviour from happening, as far as the event is cancelable. */
  preventDefault(): void {
    this.#prevented = true;
  }

  /** Runs the default behaviour unless it was prevented; the emitter calls it after the listeners. */
  callDefaultBehavior(): void {
    if (!this.#prevented) this.#defaultBehavior?.();
  }
}

/** `connectionCreated`, `connectionDestroyed`. */
export class ConnectionEvent extends Event {
  readonly connection: Connection;
  readonly reason: ConnectionEventReason;

  constructor(options: EventOptions & { connection: Connection; reason?: ConnectionEventReason }) {
    super(options);
    this.connection = options.connection;
    this.reason = options.reason ?? '';
  }
}

/** `connectionPropertyChanged`. */
export class ConnectionPropertyChangedEvent extends Event {
  readonly connection: Connection;
  readonly changedProperty: 'role' | 'record';
  readonly newValue: string | boolean;
  readonly oldValue: string | boolean | undefined;

  constructor(
    options: EventOptions & {
      connection: Connection;
      changedProperty: 'role' | 'record';
      newValue: string | boolean;
      oldValue: string | boolean | undefined;
    },
  ) {
    super(options);
    this.connection = options.connection;
    this.changedProperty = options.changedProperty;
    this.newValue = options.newValue;
    this.oldValue = options.oldValue;
  }
}

/** `sessionDisconnected`: this connection is over. Default: the remote videos leave the page. */
export class SessionDisconnectedEvent extends Event {
  readonly reason: ConnectionEventReason;

  constructor(options: EventOptions & { reason: ConnectionEventReason }) {
    super(options);
    this.reason = options.reason;
  }
}

/** `streamCreated`, `streamDestroyed`. Default of the latter: its videos leave the page. */
export class StreamEvent extends Event {
  readonly stream: Stream;
  readonly reason: StreamEventReason;

  constructor(options: EventOptions & { stream: Stream; reason?: StreamEventReason }) {
    super(options);
    this.stream = options.stream;
    this.reason = options.reason ?? '';
  }
}

/** `streamPropertyChanged`. */
export class StreamPropertyChangedEvent extends Event {
  readonly stream: Stream;
  readonly changedProperty: StreamProperty;
  readonly newValue: unknown;
  readonly oldValue: unknown;
  readonly reason: StreamPropertyReason;

  constructor(
    options: EventOptions & {
      stream: Stream;
      changedProperty: StreamProperty;
      newValue: unknown;
      oldValue: unknown;
      reason: StreamPropertyReason;
    },
  ) {
    super(options);
    this.stream = options.stream;
    this.changedProperty = options.changedProperty;
    this.newValue = options.newValue;
    this.oldValue = options.oldValue;
    this.reason = options.reason;
  }
}

/** `signal`, `signal:TYPE`. */
export class SignalEvent extends Event {
  readonly data: string;
  /** Absent if a backend sent it. */
  readonly from: Connection | undefined;

  constructor(options: EventOptions & { data: string; from: Connection | undefined }) {
    super(options);
    this.data = options.data;
    this.from = options.from;
  }
}

/** `app:NAME`: somebody told an event of the application. */
export class AppEventEvent<Name extends AppEventName = AppEventName> extends Event {
  readonly name: Name;
  readonly data: AppEventData<Name>;
  /** Who told it; absent if they are gone already. */
  readonly from: Connection | undefined;

  constructor(
    options: EventOptions & { name: Name; data: AppEventData<Name>; from: Connection | undefined },
  ) {
    super(options);
    this.name = options.name;
    this.data = options.data;
    this.from = options.from;
  }
}

/** `publisherStartSpeaking`, `publisherStopSpeaking`. */
export class PublisherSpeakingEvent extends Event {
  readonly connection: Connection | undefined;
  readonly streamId: string;

  constructor(options: EventOptions & { connection: Connection | undefined; streamId: string }) {
    super(options);
    this.connection = options.connection;
    this.streamId = options.streamId;
  }
}

/** `streamPlaying`, `streamAudioVolumeChange`. */
export class StreamManagerEvent extends Event {
  /** Loudness in dB, of `streamAudioVolumeChange` only. */
  readonly value: { newValue: number; oldValue: number } | undefined;

  constructor(options: EventOptions & { value?: { newValue: number; oldValue: number } }) {
    super(options);
    this.value = options.value;
  }
}

/** `videoElementCreated`, `videoElementDestroyed`. */
export class VideoElementEvent extends Event {
  readonly element: HTMLVideoElement;

  constructor(options: EventOptions & { element: HTMLVideoElement }) {
    super(options);
    this.element = options.element;
  }
}

/** `servedByChanged`: another master or media node serves this connection. */
export class ServedByEvent extends Event {
  readonly servedBy: ServedByNodes;

  constructor(options: EventOptions & { servedBy: ServedByNodes }) {
    super(options);
    this.servedBy = options.servedBy;
  }
}

/** The nodes that serve a connection; for people to look at. */
export interface ServedByNodes {
  masterId: string;
  masterName: string;
  mediaNodeId: string;
  mediaNodeName: string;
}

export enum ExceptionEventName {
  ICE_CONNECTION_FAILED = 'ICE_CONNECTION_FAILED',
  ICE_CONNECTION_DISCONNECTED = 'ICE_CONNECTION_DISCONNECTED',
  NO_STREAM_PLAYING_EVENT = 'NO_STREAM_PLAYING_EVENT',
}

/** `exception`: something went wrong outside of any call of the application. */
export class ExceptionEvent extends Event {
  readonly name: ExceptionEventName;
  readonly message: string;
  /** The session or stream that it happened to. */
  readonly origin: object;
  readonly data: unknown;

  constructor(
    options: EventOptions & { name: ExceptionEventName; message: string; origin: object; data?: unknown },
  ) {
    super(options);
    this.name = options.name;
    this.message = options.message;
    this.origin = options.origin;
    this.data = options.data;
  }
}
