import {
  type ConnectionEndReason,
  type IdFactory,
  type Method,
  type MutationId,
  type Params,
  type Result,
  type ServerMessage,
} from '@evercall/protocol';
import { log } from '../log.js';
import { type HeldWire, openHeldWire } from './held-wire.js';
import { persist } from './persist.js';
import type { ReconnectPolicy } from './reconnect-policy.js';
import { type RequestOptions, RequestQueue } from './request-queue.js';
import type { Restoring } from './restoring.js';
import { resultOf } from './result-of.js';
import { endReasonOf, RequestDroppedError, SignalError } from './signal-error.js';
import type { Absence, SignalHandlers } from './signal-handlers.js';
import { type SignalState, type SignalStep, transitions } from './signal-state.js';
import { wait } from './wait.js';
import type { WakeUp } from './wake-up.js';
import type { OpenWire, Wire } from './wire.js';

/** Milliseconds for one answer to `connect`, before the server's own policy is known. */
const connectTimeoutMs = 10_000;
/** Milliseconds that a connection told to go may take before the application hears `reconnecting`. */
const quietGoAwayMs = 1000;
/** Milliseconds that a `leave` may take before the socket is closed under it. */
const leaveTimeoutMs = 1000;

/** Milliseconds of silence after which a socket is suspicious: masters ping more often. */
const suspiciousMs = 3000;
/** Milliseconds in which the loss of a new socket counts as none of the network's. */
const shortLifeMs = 1000;

export interface SignalClientOptions {
  openWire: OpenWire;
  ids: IdFactory;
  handlers: SignalHandlers;
  /** For the first socket. */
  joinPolicy: ReconnectPolicy;
  /** For each lost socket; `graceMs` is how long the server keeps the connection. */
  resumePolicy: (graceMs: number) => ReconnectPolicy;
  random: () => number;
}

/** One connection to the cluster, over any number of sockets to any masters. */
export class SignalClient {
  readonly #options: SignalClientOptions;
  readonly #queue: RequestQueue;
  readonly #end = new AbortController();
  #state: SignalState = 'idle';
  #told: SignalState = 'idle';
  #looping = false;
  /** When the connection got its socket: milliseconds since 1970. */
  #adoptedAt = 0;
  /** Sockets in a row that were lost right after they were got. */
  #shortLived = 0;
  #announcement: ReturnType<typeof setTimeout> | undefined;
  /** Every socket that is open, or being asked for the connection. */
  readonly #sockets = new Set<Wire>();
  /** The socket that carries the connection. */
  #wire: Wire | undefined;
  /** That socket, while another one is looked for because its master goes. */
  #left: Wire | undefined;
  /** Milliseconds since 1970 of the loss of the socket, while there is none. */
  #lostAt: number | undefined;
  /** What the connection waits for although it has a socket. */
  #restoring: Restoring | undefined;
  #resumeToken = '';
  #policy = { graceMs: 15_000, requestTimeoutMs: connectTimeoutMs };

  constructor(options: SignalClientOptions) {
    this.#options = options;
    this.#queue = new RequestQueue({
      ids: options.ids,
      random: options.random,
      onUnanswered: (wire) => this.#distrust(wire),
    });
  }

  get state(): SignalState {
    return this.#state;
  }

  /**
   * Joins. Refused sockets, 50X and retryable refusals are tried again for a while; the promise always settles.
   * @throws {SignalError} refused
   * @throws {WireClosedError} no master could be reached
   * @throws {RequestDroppedError} `close()` was called first
   */
  async connect(): Promise<void> {
    this.#step('connect');
    this.#tell('connecting');
    const mutationId = this.#options.ids.mutationId();
    try {
      await this.#persist(this.#options.joinPolicy, 'first', async () => {
        const socket = await this.#open();
        try {
          const result = await this.#askWithCapabilities(() =>
            this.#answer(socket.wire, 'connect', {
              id: mutationId,
              params: this.#options.handlers.connectParams(),
            }),
          );
          this.#throwIfEnded();
          socket.throwIfClosed();
          this.#adopt(socket, result);
          this.#step('joined');
          this.#options.handlers.onJoined(result);
          this.#queue.release('open');
          this.#tell('connected');
          socket.deliver();
        } catch (error) {
          if (this.#wire !== socket.wire) this.#discard(socket.wire);
          throw error;
        }
      });
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  /** See {@link RequestQueue.ask}. */
  ask<M extends Method>(method: M, params: Params<M>, options?: RequestOptions): Promise<Result<M>> {
    return this.#queue.ask(method, params, options);
  }

  /** Gives up the requests that speak of transports that are gone. */
  dropMediaRequests(): void {
    this.#queue.dropMedia();
  }

  /**
   * Media is interrupted, on a socket that is well: the connection isn't whole until `restoring` is done, or another
   * one that takes its place.
   */
  interrupt(restoring: Restoring): void {
    const wire = this.#wire;
    // Without a socket, or on one that is left just now: `onResumed` says it again.
    if (!wire || wire === this.#left) return;
    if (this.#state === 'connected') {
      this.#step('lost');
      this.#tell('reconnecting');
    }
    if (this.#state === 'reconnecting') this.#restore(wire, restoring);
  }

  /**
   * The network or the page is back: a socket that may be dead without anybody having noticed is replaced, and without
   * a word to the application if that works at once. A socket that is looked for already is looked for now.
   */
  wake(cause: WakeUp): void {
    const wire = this.#wire;
    if (!wire || (cause === 'page' && wire.silentMs() < suspiciousMs)) return;
    this.#goAway(wire, 0);
  }

  /** Says goodbye as far as there is a socket, and ends; `onEnded` is not called. */
  leave(): void {
    const wire = this.#wire;
    if (wire) this.#sockets.delete(wire);
    this.close();
    if (!wire) return;
    const request = { id: this.#options.ids.mutationId(), method: 'leave', params: {} } as const;
    wire
      .ask(request, leaveTimeoutMs)
      .catch((error: unknown) => log.warn('left without an answer', error))
      .finally(() => wire.close());
  }

  /** Ends at once; `onEnded` is not called. */
  close(): void {
    if (this.#state === 'ended') return;
    this.#step('end');
    clearTimeout(this.#announcement);
    this.#end.abort();
    this.#queue.close();
    for (const wire of this.#sockets) wire.close();
    this.#sockets.clear();
    this.#wire = undefined;
    this.#tell('ended');
  }

  #ended(reason: ConnectionEndReason): void {
    if (this.#state === 'ended') return;
    log.info('connection ended', { reason });
    this.close();
    this.#options.handlers.onEnded(reason);
  }

  async #open(): Promise<HeldWire> {
    const socket = await openHeldWire(this.#options.openWire, {
      onMessage: (wire, message) => this.#receive(wire, message),
      onClose: (wire) => this.#lost(wire),
    });
    this.#sockets.add(socket.wire);
    if (this.#end.signal.aborted) this.#discard(socket.wire);
    this.#throwIfEnded();
    return socket;
  }

  #receive(wire: Wire, message: ServerMessage): void {
    if (this.#state === 'ended') return;
    switch (message.name) {
      case 'ended':
        this.#ended(message.payload.reason);
        break;
      case 'goAway':
        this.#goAway(wire, message.payload.delayMs);
        break;
      case 'moved':
      case 'mediaLost':
        // The transports that a replaced socket tells of may be replaced, too.
        if (wire === this.#wire) this.#options.handlers.onMessage(message);
        break;
      case 'events':
      case 'position':
      case 'resync':
        // A socket that is being replaced still says true things; positions tell what is known already.
        this.#options.handlers.onMessage(message);
        break;
    }
  }

  #goAway(wire: Wire, delayMs: number): void {
    if (wire === this.#wire && !this.#looping) void this.#reconnect({ old: wire, delayMs });
  }

  #discard(wire: Wire): void {
    this.#sockets.delete(wire);
    wire.close();
  }

  #distrust(wire: Wire): void {
    wire.close();
    this.#lost(wire);
  }

  #lost(wire: Wire): void {
    this.#sockets.delete(wire);
    if (wire !== this.#wire) return;
    this.#wire = undefined;
    this.#lostAt = Date.now();
    this.#queue.detach();
    // A master, or a load balancer, that accepts and closes must not be asked in a tight loop.
    this.#shortLived = Date.now() - this.#adoptedAt < shortLifeMs ? this.#shortLived + 1 : 0;
    if (this.#state === 'reconnecting') this.#tell('reconnecting');
    if (!this.#looping) void this.#reconnect({ delayMs: 0 });
  }

  /**
   * Takes the connection over on a new socket. If the old one still lives (`goAway`), it works on until the new
   * one is open, and the application hears nothing unless it takes long.
   */
  async #reconnect(cause: { old?: Wire; delayMs: number }): Promise<void> {
    this.#looping = true;
    this.#left = cause.old;
    this.#restoring = undefined;
    if (this.#state === 'connected') this.#step('lost');
    if (!cause.old) this.#tell('reconnecting');
    clearTimeout(this.#announcement);
    this.#announcement = setTimeout(() => this.#tell('reconnecting'), quietGoAwayMs);
    try {
      await wait(cause.delayMs, this.#end.signal, { patient: true });
      const policy = this.#options.resumePolicy(this.#policy.graceMs);
      await this.#persist(policy, 'next', () => this.#resume(cause.old));
    } catch (error) {
      this.#ended(endReasonOf(error));
    } finally {
      this.#looping = false;
      // It may have been lost again in the moment in which this loop was done with it.
      if (this.#state !== 'ended' && !this.#wire) void this.#reconnect({ delayMs: 0 });
    }
  }

  async #resume(old: Wire | undefined): Promise<void> {
    const socket = await this.#open();
    try {
      if (this.#wire === old) this.#queue.detach();
      const result = await this.#askWithCapabilities(() =>
        this.#answer(socket.wire, 'resume', {
          id: this.#options.ids.mutationId(),
          params: {
            ...this.#options.handlers.resumeParams(this.#absence(old)),
            resumeToken: this.#resumeToken,
          },
        }),
      );
      this.#throwIfEnded();
      socket.throwIfClosed();
      this.#adopt(socket, result);
      if (old) this.#discard(old);
      const restoring = this.#options.handlers.onResumed(result);
      if (restoring) this.#restore(socket.wire, restoring);
      else this.#settled();
      socket.deliver();
    } catch (error) {
      if (this.#wire !== socket.wire) this.#discard(socket.wire);
      throw error;
    }
  }

  #absence(old: Wire | undefined): Absence {
    const lostAt = this.#lostAt;
    return {
      awayMs: lostAt === undefined ? undefined : Math.max(0, Date.now() - lostAt),
      broke: lostAt !== undefined && old === undefined,
    };
  }

  #restore(wire: Wire, restoring: Restoring): void {
    this.#restoring = restoring;
    const isCurrent = () => this.#restoring === restoring && this.#wire === wire;
    this.#queue.release(restoring.gate);
    void restoring.asked.then(() => {
      if (isCurrent()) this.#queue.release('open');
    });
    void restoring.done.then(() => {
      if (isCurrent()) this.#settled();
    });
  }

  #settled(): void {
    if (this.#state !== 'reconnecting') return;
    clearTimeout(this.#announcement);
    this.#restoring = undefined;
    this.#step('resumed');
    this.#queue.release('open');
    this.#tell('connected');
  }

  #adopt(socket: HeldWire, result: Result<'connect'> | Result<'resume'>): void {
    this.#resumeToken = result.resumeToken;
    this.#policy = result.policy;
    this.#wire = socket.wire;
    this.#left = undefined;
    this.#lostAt = undefined;
    this.#adoptedAt = Date.now();
    this.#queue.attach(socket.wire, this.#policy.requestTimeoutMs);
  }

  /** Loads new capabilities when the answer says so, and asks again; they can't change for ever. */
  async #askWithCapabilities<T>(ask: () => Promise<T>): Promise<T> {
    for (let turn = 0; ; turn += 1) {
      try {
        return await ask();
      } catch (error) {
        const capabilities = error instanceof SignalError ? error.answer.capabilities : undefined;
        if (turn >= 2 || !capabilities) throw error;
        await this.#options.handlers.onCapabilities(capabilities);
      }
    }
  }

  /** @param kind a first socket, or another one for the connection */
  #persist(policy: ReconnectPolicy, kind: 'first' | 'next', act: () => Promise<void>): Promise<void> {
    return persist(act, {
      policy,
      firstAttempt: this.#shortLived,
      trustAnswers: kind === 'next',
      random: this.#options.random,
      signal: this.#end.signal,
    });
  }

  #throwIfEnded(): void {
    if (this.#end.signal.aborted) throw new RequestDroppedError('ended');
  }

  #answer<M extends 'connect' | 'resume'>(
    wire: Wire,
    method: M,
    question: { id: MutationId; params: Params<M> },
  ): Promise<Result<M>> {
    const request = { ...question, method };
    return wire.ask(request, this.#policy.requestTimeoutMs).then((response) => resultOf(method, response));
  }

  #step(step: SignalStep): void {
    const next = transitions[this.#state][step];
    if (!next) throw new Error(`A connection that is ${this.#state} can't take the step '${step}'`);
    this.#state = next;
  }

  /** The handlers hear of a state once, and of `reconnecting` only if it is worth telling. */
  #tell(state: SignalState): void {
    if (this.#told === state) return;
    this.#told = state;
    this.#options.handlers.onState(state);
  }
}
