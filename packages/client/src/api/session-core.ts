import type { ConnectionEndReason, Snapshot, StreamId, TypeOfVideo } from '@evercall/protocol';
import { Engine, type EngineOptions } from '../engine/engine.js';
import type { SignalState } from '../signal/signal-state.js';
import type { OpenWire } from '../signal/wire.js';
import { check } from './checks.js';
import type { Connection } from './connection.js';
import type { SessionEventMap } from './event-maps.js';
import { ServedByEvent, type ServedByNodes, SessionDisconnectedEvent } from './events.js';
import { LinkExceptions } from './link-exceptions.js';
import { OpenViduErrorName } from './openvidu-error.js';
import type { OpenViduAdvancedConfiguration } from './properties.js';
import type { Publisher } from './publisher.js';
import type { Session } from './session.js';
import { SessionModel } from './session-model.js';
import type { Subscriber } from './subscriber.js';

/** What a session needs of the page. */
export interface SessionOptions extends Pick<EngineOptions, 'devices' | 'ids' | 'random' | 'platform'> {
  configuration: () => OpenViduAdvancedConfiguration;
  /** Opens sockets to the load balancer at `origin`. */
  openWire: (origin: string) => OpenWire;
}

type Emit = <Type extends keyof SessionEventMap>(type: Type, event: SessionEventMap[Type]) => void;

const defaultPatienceMs = 4000;

/** What a session is made of, and what happens to it from outside. */
export class SessionCore {
  readonly options: SessionOptions;
  readonly #session: Session;
  readonly #emit: Emit;
  readonly #exceptions: LinkExceptions;
  publishers: readonly Publisher[] = [];
  subscribers: readonly Subscriber[] = [];
  state: SignalState = 'idle';
  servedBy: ServedByNodes | undefined;
  #engine: Engine | undefined;
  #model: SessionModel | undefined;
  #interrupted = false;

  constructor(options: SessionOptions, session: Session, emit: Emit) {
    this.options = options;
    this.#session = session;
    this.#emit = emit;
    this.#exceptions = new LinkExceptions({
      session,
      patienceMs: () =>
        options.configuration().iceConnectionDisconnectedExceptionTimeout ?? defaultPatienceMs,
      emit: (event) => emit('exception', event),
    });
  }

  get model(): SessionModel | undefined {
    return this.#model;
  }

  get restoresMedia(): boolean {
    return this.#engine?.restoresMedia ?? false;
  }

  /** @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED` */
  connected(): { engine: Engine; connection: Connection } {
    const alive = this.state === 'connected' || this.state === 'reconnecting' || this.state === 'connecting';
    const engine = this.#engine;
    const connection = this.#model?.connection;
    check(
      alive && engine !== undefined && connection !== undefined,
      OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
      "There is no connection to the session: call 'Session.connect()' first",
    );
    return { engine, connection };
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: it is connected, or about to be */
  mustBeFree(): void {
    check(
      this.state === 'idle' || this.state === 'ended',
      OpenViduErrorName.GENERIC_ERROR,
      `The session is ${this.state} already`,
    );
  }

  async connect(origin: string, token: string, clientData: string): Promise<void> {
    this.mustBeFree();
    const engine = this.#createEngine(origin);
    this.#engine = engine;
    this.#model = undefined;
    this.#interrupted = false;
    this.state = 'connecting';
    try {
      await engine.connect(token, clientData);
    } catch (error) {
      // Somebody may have called `disconnect()` and `connect()` meanwhile.
      if (this.#engine === engine) {
        this.#engine = undefined;
        this.state = 'ended';
      }
      throw error;
    }
  }

  /** `false` if there was nothing to leave. */
  leave(): boolean {
    const engine = this.#engine;
    if (!engine) return false;
    engine.leave();
    this.#over('disconnect');
    return true;
  }

  forgetPublisher(publisher: Publisher): void {
    this.publishers = this.publishers.filter((other) => other !== publisher);
  }

  forgetSubscriber(subscriber: Subscriber): void {
    this.subscribers = this.subscribers.filter((other) => other !== subscriber);
    subscriber.setSession(undefined);
  }

  #createEngine(origin: string): Engine {
    const { openWire, configuration, ...shared } = this.options;
    return new Engine({
      ...shared,
      openWire: openWire(origin),
      rtcSettings: configuration,
      listener: {
        onJoined: (snapshot) => this.#joined(snapshot),
        onChanges: (changes) => {
          for (const change of changes) this.#model?.apply(change);
        },
        onState: (state) => this.#stateChanged(state),
        onServedBy: (servedBy) => {
          this.servedBy = servedBy;
          const options = { type: 'servedByChanged', target: this.#session, servedBy };
          this.#emit('servedByChanged', new ServedByEvent(options));
        },
        onLink: (direction, state) => this.#exceptions.changed(direction, state),
        onMediaFailed: (direction) => this.#exceptions.failed(direction),
        onEnded: (reason) => this.#over(reason),
      },
    });
  }

  #joined(snapshot: Snapshot): void {
    this.state = 'connected';
    this.#model = new SessionModel(snapshot, {
      session: this.#session,
      emit: this.#emit,
      media: () => this.#engine?.media,
      publisherOf: (streamId) => this.#publisherOf(streamId),
      forget: (stream) => {
        for (const subscriber of this.subscribers.filter((other) => other.stream === stream)) {
          this.forgetSubscriber(subscriber);
        }
      },
    });
  }

  #publisherOf(streamId: StreamId): Publisher | undefined {
    const publisher = this.publishers.find((other) => other.place?.streamId === streamId);
    if (publisher) this.forgetPublisher(publisher);
    return publisher;
  }

  #stateChanged(state: SignalState): void {
    // The end is told with its reason, by `onEnded` or by whoever called for it.
    if (state === 'ended' || state === 'connecting') return;
    this.state = state;
    if (state === 'reconnecting') {
      this.#interrupted = true;
      this.#emit('reconnecting', undefined);
    } else if (this.#interrupted) {
      this.#interrupted = false;
      this.#emit('reconnected', undefined);
    }
  }

  /** Order as OpenVidu has it: publishers end, then the session does, then the others' videos leave the page. */
  #over(reason: ConnectionEndReason): void {
    const model = this.#model;
    this.#engine = undefined;
    this.state = 'ended';
    this.#exceptions.close();
    if (!model) return;
    model.connection.disposed = true;
    for (const publisher of this.publishers) publisher.unpublished(reason);
    this.publishers = [];
    const event = new SessionDisconnectedEvent({
      type: 'sessionDisconnected',
      target: this.#session,
      reason,
      defaultBehavior: () => model.dispose(),
    });
    this.#emit('sessionDisconnected', event);
    event.callDefaultBehavior();
    for (const subscriber of this.subscribers) this.forgetSubscriber(subscriber);
  }
}

/** The kind that a stream's id names. */
export function sourceOf(type: TypeOfVideo | undefined): 'CAM' | 'SCR' | 'CUS' | 'MIC' {
  switch (type) {
    case 'CAMERA':
      return 'CAM';
    case 'SCREEN':
      return 'SCR';
    case 'CUSTOM':
      return 'CUS';
    case undefined:
      return 'MIC';
  }
}
