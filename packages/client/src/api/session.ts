import {
  AppEvent,
  type AppEventData,
  type AppEventName,
  type Capabilities,
  capabilitiesOf,
  limits,
  parseToken,
} from '@evercall/protocol';
import { log } from '../log.js';
import type { SignalState } from '../signal/signal-state.js';
import { check, checkClientData, checkSignal } from './checks.js';
import type { Connection } from './connection.js';
import { EventDispatcher } from './event-dispatcher.js';
import type { SessionEventMap } from './event-maps.js';
import type { ServedByNodes } from './events.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { SignalOptions, SubscriberProperties } from './properties.js';
import type { Publisher } from './publisher.js';
import { SessionCore, type SessionOptions, sourceOf } from './session-core.js';
import type { Stream } from './stream.js';
import type { StreamManager } from './stream-manager.js';
import { Subscriber } from './subscriber.js';
import { toOpenViduError } from './to-openvidu-error.js';
import { watchPlayback } from './watch-playback.js';

/** Where a connection stands. */
export type ConnectionState = SignalState;
/** Hears whether something worked. */
export type Done = (error?: Error) => void;
/** An element of the page, or its id. */
export type Target = string | HTMLElement;

/** Before joining nobody knows the role; the cluster decides. */
const unknownRole: Capabilities = {
  subscribe: false,
  publish: false,
  forceUnpublish: false,
  forceDisconnect: false,
};

/** One's own taking part in a session, from `connect()` to `sessionDisconnected`. */
export class Session extends EventDispatcher<SessionEventMap> {
  readonly #core: SessionCore;
  #sessionId = '';
  #token: string | undefined;

  /** `OpenVidu.initSession()` makes them. */
  constructor(options: SessionOptions) {
    super();
    this.#core = new SessionCore(options, this, (type, event) => this.emit(type, event));
  }

  /** Empty before `connect()`. */
  get sessionId(): string {
    return this.#sessionId;
  }

  /** What `connect()` was called with. */
  get token(): string | undefined {
    return this.#token;
  }

  /** One's own connection; absent before `connect()`. */
  get connection(): Connection | undefined {
    return this.#core.model?.connection;
  }

  /** The others, by connection id. */
  get remoteConnections(): ReadonlyMap<string, Connection> {
    return this.#core.model?.remoteConnections ?? new Map<string, Connection>();
  }

  /** Publishers and subscribers of this session. */
  get streamManagers(): readonly StreamManager[] {
    return [...this.#core.publishers, ...this.#core.subscribers];
  }

  /** What the role of this connection allows. */
  get capabilities(): Capabilities {
    const role = this.connection?.role;
    return role ? capabilitiesOf(role) : unknownRole;
  }

  get connectionState(): ConnectionState {
    return this.#core.state;
  }

  /** Whether `reconnecting` is because of media that moves to another node, rather than of signalling. */
  get mediaIsMoving(): boolean {
    return this.#core.restoresMedia;
  }

  /** The master and the media node that serve this connection; `servedByChanged` tells of others. */
  get servedBy(): ServedByNodes | undefined {
    return this.#core.servedBy;
  }

  /**
   * Joins. A load balancer or master that is not ready is asked again for a while; the promise always settles.
   * Before it resolves come `connectionCreated` of oneself and of everybody who is there, and `streamCreated` of
   * what they publish.
   * @param token what the application's backend got for this participant; usable once
   * @param metadata client data: a string, or anything that is written as JSON; at most 64 kB
   * @throws {OpenViduError}
   */
  connect(token: string, metadata?: unknown): Promise<void> {
    return this.#guard(async () => {
      const parsed = parseToken(token);
      check(parsed !== undefined, OpenViduErrorName.GENERIC_ERROR, 'The token is malformed');
      const clientData = checkClientData(metadata);
      this.#core.mustBeFree();
      this.#token = token;
      this.#sessionId = parsed.sessionId;
      await this.#core.connect(parsed.origin.replace(/^ws/, 'http'), token, clientData);
    });
  }

  /** Leaves; `sessionDisconnected` comes at once, with the reason `disconnect`. */
  disconnect(): void {
    if (!this.#core.leave()) log.warn('disconnect() of a session that is not connected');
  }

  /**
   * Publishes; resolves when everybody can see the stream. Several publishers may be published.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED`, `OPENVIDU_PERMISSION_DENIED`, or why nothing was captured
   */
  publish(publisher: Publisher): Promise<void> {
    return this.#guard(async () => {
      this.#core.connected();
      this.#require(this.capabilities.publish, "The role of this connection doesn't allow to publish");
      await publisher.initialize();
      // Asking for devices takes as long as the user takes, and the session may have ended meanwhile.
      const { engine, connection } = this.#core.connected();
      const { publishers, options } = this.#core;
      check(
        publishers.length < limits.streamsPerConnection && !publishers.includes(publisher),
        OpenViduErrorName.GENERIC_ERROR,
        `A connection publishes at most ${limits.streamsPerConnection} streams, each once`,
      );
      const streamId = options.ids.streamId(sourceOf(publisher.stream.typeOfVideo), connection.id);
      this.#core.publishers = [...publishers, publisher];
      try {
        await publisher.publishTo({ session: this, connection, streamId, engine });
      } catch (error) {
        this.#core.forgetPublisher(publisher);
        throw error;
      }
    });
  }

  /**
   * Stops publishing; `streamDestroyed` on the publisher lets go of its devices, unless prevented.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED`; `GENERIC_ERROR`: it is not published here
   */
  unpublish(publisher: Publisher): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      const { place } = publisher;
      check(
        place?.session === this,
        OpenViduErrorName.GENERIC_ERROR,
        'The publisher is not published in this session',
      );
      this.#core.forgetPublisher(publisher);
      const told = publisher.published ? engine.unpublish(place.streamId) : undefined;
      publisher.unpublished('unpublish');
      await told;
    });
  }

  /**
   * Receives a stream; the subscriber is there at once, `done` hears when its media may flow.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED`; `GENERIC_ERROR`: the stream is over
   */
  subscribe(
    stream: Stream,
    target?: Target,
    ...rest: [done?: Done] | [properties?: SubscriberProperties, done?: Done]
  ): Subscriber {
    const [first, second] = rest;
    const properties = typeof first === 'object' ? first : {};
    const completed = typeof first === 'function' ? first : second;
    const { subscriber, started } = this.#subscribe(stream, target, properties);
    started.then(
      () => completed?.(),
      (error: unknown) => {
        if (completed) completed(toOpenViduError(error));
        else log.warn(`stream ${stream.streamId} could not be subscribed to`, error);
      },
    );
    return subscriber;
  }

  /**
   * As `subscribe()`; resolves when the media may flow.
   * @throws {OpenViduError}
   */
  subscribeAsync(
    stream: Stream,
    target?: Target,
    properties: SubscriberProperties = {},
  ): Promise<Subscriber> {
    return this.#guard(async () => {
      const { subscriber, started } = this.#subscribe(stream, target, properties);
      await started;
      return subscriber;
    });
  }

  /**
   * Stops receiving; its videos leave the page.
   * @throws {OpenViduError}
   */
  unsubscribe(subscriber: Subscriber): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      subscriber.removeAllVideos();
      this.#core.forgetSubscriber(subscriber);
      if (subscriber.stream.id) await engine.remote.unsubscribe(subscriber.stream.id);
    });
  }

  /**
   * Sends somebody out; moderators only.
   * @throws {OpenViduError} `OPENVIDU_PERMISSION_DENIED`, `OPENVIDU_NOT_CONNECTED`
   */
  forceDisconnect(connection: Connection): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      this.#require(this.capabilities.forceDisconnect, 'Only moderators may force others to disconnect');
      await engine.ask('forceDisconnect', { connectionId: connection.id });
    });
  }

  /**
   * Ends somebody's stream; moderators only.
   * @throws {OpenViduError} `OPENVIDU_PERMISSION_DENIED`, `OPENVIDU_NOT_CONNECTED`
   */
  forceUnpublish(stream: Stream): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      this.#require(this.capabilities.forceUnpublish, 'Only moderators may force others to unpublish');
      if (stream.id) await engine.ask('forceUnpublish', { streamId: stream.id });
    });
  }

  /**
   * Sends a message to some or all participants; resolves when the cluster has taken it.
   * @throws {OpenViduError} `GENERIC_ERROR`: too large, or a receiver is unknown; `OPENVIDU_NOT_CONNECTED`
   */
  signal(signal: SignalOptions): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      await engine.ask('signal', checkSignal(signal));
    });
  }

  /**
   * Tells everybody an event of the application, oneself included: `app:NAME`. Resolves when the cluster has taken it.
   * @throws {OpenViduError} `GENERIC_ERROR`: the data hasn't the event's shape; `OPENVIDU_PERMISSION_DENIED`,
   * `OPENVIDU_NOT_CONNECTED`
   */
  tell<Name extends AppEventName>(name: Name, data: AppEventData<Name>): Promise<void> {
    return this.#guard(async () => {
      const { engine } = this.#core.connected();
      const told = AppEvent.safeParse({ name, data });
      check(told.success, OpenViduErrorName.GENERIC_ERROR, `The data is not that of an event ${name}`);
      await engine.ask('tell', told.data);
    });
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: there is no speech to text */
  subscribeToSpeechToText(_stream: Stream, _lang: string): Promise<never> {
    return Promise.reject(noSpeechToText());
  }

  /** @throws {OpenViduError} `GENERIC_ERROR`: there is no speech to text */
  unsubscribeFromSpeechToText(_stream: Stream): Promise<never> {
    return Promise.reject(noSpeechToText());
  }

  /** @internal Emits for one of its streams. */
  dispatch<Type extends keyof SessionEventMap>(type: Type, event: SessionEventMap[Type]): void {
    this.emit(type, event);
  }

  /** @internal Whether somebody wants to hear who speaks. */
  hearsSpeaking(): boolean {
    return this.hasListeners('publisherStartSpeaking') || this.hasListeners('publisherStopSpeaking');
  }

  protected override listenersChanged(): void {
    for (const manager of this.streamManagers) manager.refreshSpeaking();
  }

  #subscribe(
    stream: Stream,
    target: Target | undefined,
    properties: SubscriberProperties,
  ): { subscriber: Subscriber; started: Promise<void> } {
    const { engine } = this.#core.connected();
    const streamId = stream.id;
    check(
      streamId !== undefined && !stream.isLocal() && !stream.connection.disposed,
      OpenViduErrorName.GENERIC_ERROR,
      'There is no such remote stream in the session',
    );
    const configuration = this.#core.options.configuration();
    const subscriber = new Subscriber({
      stream,
      streamId,
      remote: engine.remote,
      target,
      properties,
      speaking: configuration.publisherSpeakingEventsOptions ?? {},
    });
    this.#core.subscribers = [
      ...this.#core.subscribers.filter((other) => other.stream !== stream),
      subscriber,
    ];
    subscriber.setSession(this);
    const started = subscriber.start();
    watchPlayback(this, subscriber, configuration.noStreamPlayingEventExceptionTimeout);
    return { subscriber, started };
  }

  #require(allowed: boolean, message: string): void {
    check(allowed, OpenViduErrorName.OPENVIDU_PERMISSION_DENIED, message);
  }

  /** An application gets no other errors than OpenVidu's. */
  async #guard<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw toOpenViduError(error);
    }
  }
}

function noSpeechToText(): OpenViduError {
  return new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'Speech to text is not available');
}
