import {
  type ConnectionEndReason,
  type Direction,
  type IdFactory,
  type MediaSetup,
  type Method,
  type Params,
  protocolVersion,
  type Result,
  type ServedBy,
  type Snapshot,
  type StreamId,
  type StreamInfo,
} from '@evercall/protocol';
import { log } from '../log.js';
import { type DeviceCache, type LoadedDevice, receivable } from '../media/device-cache.js';
import type { LinkState } from '../media/ice-restarter.js';
import { MediaSession } from '../media/media-session.js';
import type { playedAt } from '../media/received-track.js';
import type { SessionChange } from '../session/session-change.js';
import { SessionState } from '../session/session-state.js';
import { BackoffPolicy } from '../signal/reconnect-policy.js';
import type { RequestOptions } from '../signal/request-queue.js';
import type { Restoring } from '../signal/restoring.js';
import { SignalClient } from '../signal/signal-client.js';
import { RequestDroppedError } from '../signal/signal-error.js';
import type { Absence, SessionMessage } from '../signal/signal-handlers.js';
import type { SignalState } from '../signal/signal-state.js';
import { onWakeUp, type WakeUp } from '../signal/wake-up.js';
import type { OpenWire } from '../signal/wire.js';
import { sdkVersion } from '../version.js';
import { CurrentMedia } from './current-media.js';
import { type LocalSource, LocalStreams } from './local-streams.js';
import { LookOut } from './look-out.js';
import { MediaMoves } from './media-moves.js';
import { RemoteStreams } from './remote-streams.js';
import { iceServersOf, type RtcSettings } from './settings.js';
import { within } from './within.js';

/** Milliseconds in which a first socket is tried for. */
const joinPatienceMs = 15_000;
/** Milliseconds beyond the grace period in which a resume is tried: it then tells the true reason of the end. */
const graceMarginMs = 5000;
/** Milliseconds that other requests wait for streams that the cluster lost to be published again, at most. */
const republishMs = 5000;

/** What the layer above hears. */
export interface EngineListener {
  /** Before the changes that the snapshot stands for. */
  onJoined(snapshot: Snapshot): void;
  onChanges(changes: SessionChange[]): void;
  onState(state: SignalState): void;
  onServedBy(servedBy: ServedBy): void;
  onLink(direction: Direction, state: LinkState): void;
  onMediaFailed(direction: Direction): void;
  onEnded(reason: ConnectionEndReason): void;
}

export interface EngineOptions {
  openWire: OpenWire;
  devices: DeviceCache;
  ids: IdFactory;
  random: () => number;
  platform: string;
  rtcSettings: () => RtcSettings;
  /** When something of a consumer was decoded last; what the browser says if absent. */
  playedAt?: typeof playedAt;
  listener: EngineListener;
}

/** One connection to a session: signalling, media and state, kept in step. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #signal: SignalClient;
  readonly #media = new CurrentMedia();
  readonly #lookOut = new LookOut();
  readonly #moves: MediaMoves;
  readonly local: LocalStreams;
  readonly remote: RemoteStreams;
  readonly #end = new AbortController();
  #device: LoadedDevice | undefined;
  #state: SessionState | undefined;
  #snapshot: Snapshot | undefined;
  #servedBy: ServedBy | undefined;
  #join = { token: '', clientData: '' };

  constructor(options: EngineOptions) {
    this.#options = options;
    const ask = <M extends Method>(method: M, params: Params<M>, how?: RequestOptions) =>
      this.ask(method, params, how);
    const { random } = options;
    const { signal } = this.#end;
    this.local = new LocalStreams({
      media: this.#media,
      ask,
      random,
      signal,
      settings: () => ({
        codec: this.#snapshot?.forcedVideoCodec ?? 'NONE',
        simulcast: this.#snapshot?.videoSimulcast ?? false,
      }),
    });
    this.remote = new RemoteStreams({ media: this.#media, ask, lookOut: this.#lookOut, random, signal });
    this.#moves = new MediaMoves({
      media: this.#media,
      local: this.local,
      remote: this.remote,
      lookOut: this.#lookOut,
      ask,
      create: (setup) => this.#createMedia(setup),
      dropRequests: () => this.#signal.dropMediaRequests(),
      interrupt: (restoring) => this.#signal.interrupt(restoring),
    });
    this.#signal = new SignalClient({
      openWire: options.openWire,
      ids: options.ids,
      random: options.random,
      joinPolicy: new BackoffPolicy(joinPatienceMs, options.random),
      resumePolicy: (graceMs) => new BackoffPolicy(graceMs + graceMarginMs, options.random),
      handlers: {
        connectParams: () => this.#connectParams(),
        resumeParams: (absence) => this.#resumeParams(absence),
        onCapabilities: async ({ hash, rtpCapabilities }) => {
          this.#device = await options.devices.load(hash, rtpCapabilities);
        },
        onJoined: (result) => this.#joined(result),
        onResumed: (result) => this.#resumed(result),
        onMessage: (message) => this.#heard(message),
        onState: (state) => options.listener.onState(state),
        onEnded: (reason) => this.#ended(reason),
      },
    });
  }

  /** What this client knows of the session; absent before it joined. */
  get state(): SessionState | undefined {
    return this.#state;
  }

  get media(): MediaSession | undefined {
    return this.#media.known;
  }

  /** Whether media is lost and being set up elsewhere; signalling may well go on. */
  get restoresMedia(): boolean {
    return this.#moves.restoring !== undefined;
  }

  /**
   * Joins with a token URL.
   * @throws {SignalError} refused
   * @throws {WireClosedError} no master could be reached in time
   */
  async connect(token: string, clientData: string): Promise<void> {
    this.#join = { token, clientData };
    this.#device = await this.#options.devices.latest();
    if (this.#signal.state === 'ended') throw new RequestDroppedError('ended');
    globalThis.addEventListener?.('pagehide', this.#onPageHide);
    this.#end.signal.addEventListener('abort', onWakeUp(this.#wake), { once: true });
    try {
      await this.#signal.connect();
    } catch (error) {
      this.#close();
      throw error;
    }
  }

  /** Asks the cluster; see RequestQueue. */
  ask<M extends Method>(method: M, params: Params<M>, how?: RequestOptions): Promise<Result<M>> {
    return this.#signal.ask(method, params, how);
  }

  /** Publishes a stream under an id of the SDK's own making; see LocalStreams. */
  async publish(streamId: StreamId, source: LocalSource): Promise<StreamInfo> {
    const stream = await this.local.publish(streamId, source);
    this.#state?.addOwnStream(stream);
    return stream;
  }

  /** Stops publishing; see LocalStreams. */
  async unpublish(streamId: StreamId): Promise<void> {
    this.#state?.removeOwnStream(streamId);
    await this.local.unpublish(streamId);
  }

  /** Leaves; the listener hears only the state. */
  leave(): void {
    this.#signal.leave();
    this.#close();
  }

  #connectParams(): Params<'connect'> {
    return {
      protocol: protocolVersion,
      ...this.#join,
      platform: this.#options.platform,
      sdkVersion,
      capabilitiesHash: this.#device?.hash ?? '',
      rtpCapabilities: receivable(this.#device),
    };
  }

  #resumeParams({ awayMs, broke }: Absence): Omit<Params<'resume'>, 'resumeToken'> {
    const state = this.#knownState();
    const media = this.#media.session;
    return {
      protocol: protocolVersion,
      position: state.position,
      generation: media.generation,
      transports: media.states(),
      capabilitiesHash: this.#device?.hash ?? '',
      rtpCapabilities: receivable(this.#device),
      streams: state.ownStreamIds,
      subscriptions: this.remote.subscriptions,
      ...(awayMs === undefined ? {} : { awayMs }),
      ...(broke && this.#servedBy ? { lostMasterId: this.#servedBy.masterId } : {}),
    };
  }

  #joined(result: Result<'connect'>): void {
    this.#snapshot = result.snapshot;
    this.#media.replace(this.#createMedia(result.media));
    const { state, changes } = SessionState.join(result.snapshot);
    this.#state = state;
    log.info('joined', { sessionId: result.snapshot.sessionId, connectionId: state.ownId });
    this.#options.listener.onJoined(result.snapshot);
    this.#serve(result.servedBy);
    this.#tell(changes);
  }

  #resumed(result: Result<'resume'>): Restoring | undefined {
    const state = this.#knownState();
    log.info('resumed', { connectionId: state.ownId, masterId: result.servedBy.masterId });
    const from = result.media ? this.#moves.replace(result.media, false) : undefined;
    const changes = result.snapshot
      ? state.resync(result.snapshot, result.republish)
      : state.apply(result.events);
    state.advance(result.position);
    this.#serve(result.servedBy);
    this.#tell(changes);
    if (!this.#media.known) return undefined;
    if (from === undefined) this.#revive('broken');
    if (from !== undefined) return this.#moves.start(from, false);
    // Which streams were published anew meanwhile is among what the log doesn't tell any more.
    if (result.snapshot) void this.remote.check();
    const { restoring } = this.#moves;
    if (result.republish.length === 0 || restoring?.gate === 'plain') return restoring;
    return this.#republish(result.republish);
  }

  /** On the socket that lives on: only what the cluster knows has changed. */
  #resync(snapshot: Snapshot): void {
    const state = this.#knownState();
    const known = new Set(snapshot.connection.streams.map(({ streamId }) => streamId));
    // A cluster that lost nothing knows better than this client which of its streams were ended.
    const isLossy = snapshot.position.epoch > state.position.epoch;
    const lost = isLossy ? state.ownStreamIds.filter((streamId) => !known.has(streamId)) : [];
    log.warn('events were missed; the state is taken over', { isLossy, lost });
    this.#tell(state.resync(snapshot, lost));
    void this.local.publishAgain(lost);
    void this.remote.check();
  }

  /** Publishes what the cluster lost, beside the move that may be going on. */
  #republish(streamIds: readonly StreamId[]): Restoring {
    const moving = this.#moves.restoring;
    const published = this.local.publishAgain(streamIds);
    const asked = within(republishMs, published, this.#end.signal);
    return { gate: 'media', asked, done: Promise.all([asked, moving?.done]).then(() => undefined) };
  }

  #heard(message: SessionMessage): void {
    switch (message.name) {
      case 'position':
        this.#state?.advance(message.payload);
        break;
      case 'events':
        this.#tell(this.#state?.apply(message.payload) ?? []);
        break;
      case 'resync':
        this.#resync(message.payload.snapshot);
        break;
      case 'moved':
        this.#moves.moved(message.payload.media, message.payload.planned);
        this.#serve(message.payload.servedBy);
        break;
      case 'mediaLost':
        this.#moves.lost(message.payload.generation);
        break;
    }
  }

  #createMedia(setup: MediaSetup): MediaSession {
    if (!this.#device) throw new Error('The master answered without telling the codecs first');
    const rtcSettings = this.#options.rtcSettings();
    return new MediaSession({
      setup,
      device: this.#device,
      iceServers: iceServersOf(rtcSettings, this.#snapshot?.connection.iceServers ?? []),
      rtcConfiguration: rtcSettings.rtcConfiguration ?? {},
      ask: (method, params) => this.ask(method, params, { media: true }),
      ...(this.#options.playedAt ? { playedAt: this.#options.playedAt } : {}),
      onLink: (direction, state) => {
        if (state === 'failed') this.#moves.failed();
        this.#options.listener.onLink(direction, state);
      },
      onFailed: (direction) => this.#options.listener.onMediaFailed(direction),
    });
  }

  #tell(changes: SessionChange[]): void {
    for (const change of changes) {
      if (change.type === 'streamDestroyed') this.#dropStream(change.streamId, change.connectionId);
      if (change.type === 'streamMoved') void this.remote.moved(change.streamId, change.generation);
    }
    if (changes.length > 0) this.#options.listener.onChanges(changes);
    const closed = changes.find((change) => change.type === 'sessionClosed');
    if (closed) {
      this.#signal.close();
      this.#ended(closed.reason);
    }
  }

  #dropStream(streamId: StreamId, connectionId: string): void {
    if (connectionId === this.#state?.ownId) this.local.drop(streamId);
    else this.remote.drop(streamId);
  }

  #serve(servedBy: ServedBy): void {
    const before = this.#servedBy;
    this.#servedBy = servedBy;
    if (before?.masterId === servedBy.masterId && before.mediaNodeId === servedBy.mediaNodeId) return;
    this.#options.listener.onServedBy(servedBy);
  }

  #ended(reason: ConnectionEndReason): void {
    this.#close();
    this.#options.listener.onEnded(reason);
  }

  readonly #wake = (cause: WakeUp) => {
    this.#signal.wake(cause);
    this.#revive(cause === 'network' ? 'all' : 'broken');
  };

  #revive(which: 'broken' | 'all'): void {
    this.#media.known
      ?.revive(which)
      .catch((error: unknown) => log.warn('transports could not be restarted', error));
  }

  readonly #onPageHide = (event: Event) => {
    // A page that is kept for going back to may come back; its connection then resumes, or has ended.
    if (!(event instanceof PageTransitionEvent && event.persisted)) this.leave();
  };

  #close(): void {
    globalThis.removeEventListener?.('pagehide', this.#onPageHide);
    this.#end.abort();
    this.#moves.close();
    this.#lookOut.close();
    this.#media.close();
  }

  #knownState(): SessionState {
    if (!this.#state) throw new RequestDroppedError('ended');
    return this.#state;
  }
}
