import {
  type IdFactory,
  isRetryable,
  type Method,
  type Params,
  type Request,
  type Response,
  type Result,
} from '@evercall/protocol';
import type { Gate } from './restoring.js';
import { resultOf } from './result-of.js';
import { RequestDroppedError, SignalError, WireClosedError } from './signal-error.js';
import type { Wire } from './wire.js';

/** How often one request is asked again after a retryable refusal or a missing answer. */
const maxRetries = 8;
const firstRetryMs = 100;
const longestRetryMs = 2000;

export interface RequestOptions {
  /** It speaks of the current transports: sent while these are set up, dropped when they are replaced. */
  media?: boolean;
}

interface Entry {
  readonly request: Request;
  readonly options: RequestOptions;
  readonly settle: (response: Response) => void;
  readonly reject: (error: unknown) => void;
  /** Where it waits for its answer. */
  sentOn: Wire | undefined;
  retries: number;
  retryTimer: ReturnType<typeof setTimeout> | undefined;
}

export interface RequestQueueOptions {
  ids: IdFactory;
  /** Gives a number from 0 to 1. */
  random: () => number;
  /** A request got no answer in time: the wire is not to be trusted. */
  onUnanswered: (wire: Wire) => void;
}

/**
 * The requests of one connection in their order, each under one id from its first sending to its answer. It
 * outlives sockets: what is unanswered when one closes is sent again, in order, on the next.
 */
export class RequestQueue {
  readonly #options: RequestQueueOptions;
  readonly #entries: Entry[] = [];
  #wire: Wire | undefined;
  #timeoutMs = 0;
  /** What may be sent now. */
  #gate: Gate | 'shut' = 'shut';
  #closed = false;

  constructor(options: RequestQueueOptions) {
    this.#options = options;
  }

  /**
   * Asks for something and waits for its answer, over as many sockets as it takes.
   * @throws {SignalError} refused
   * @throws {RequestDroppedError} the connection ended, or its transports were replaced
   */
  ask<M extends Method>(method: M, params: Params<M>, options: RequestOptions = {}): Promise<Result<M>> {
    if (this.#closed) return Promise.reject(new RequestDroppedError('ended'));
    return new Promise((resolve, reject) => {
      const entry: Entry = {
        request: { id: this.#options.ids.mutationId(), method, params },
        options,
        settle: (response) => {
          try {
            resolve(resultOf(method, response));
          } catch (error) {
            reject(error);
          }
        },
        reject,
        sentOn: undefined,
        retries: 0,
        retryTimer: undefined,
      };
      this.#entries.push(entry);
      if (this.#mayPass(entry)) this.#send(entry);
    });
  }

  /** Has a socket to send on; nothing is sent before a gate is opened. */
  attach(wire: Wire, timeoutMs: number): void {
    this.detach();
    this.#wire = wire;
    this.#timeoutMs = timeoutMs;
  }

  /** Sends, in order, what waits and may pass; the rest waits from now on. */
  release(gate: Gate): void {
    this.#gate = gate;
    for (const entry of this.#entries) {
      if (this.#mayPass(entry) && entry.sentOn !== this.#wire) this.#send(entry);
    }
  }

  /** Has no socket any more; requests wait. */
  detach(): void {
    this.#wire = undefined;
    this.#gate = 'shut';
    for (const entry of this.#entries) clearTimeout(entry.retryTimer);
  }

  /** Gives up what speaks of transports that are gone. */
  dropMedia(): void {
    for (const entry of this.#entries.filter((entry) => entry.options.media)) {
      this.#finish(entry, () => entry.reject(new RequestDroppedError('mediaReplaced')));
    }
  }

  /** Gives up everything. */
  close(): void {
    this.#closed = true;
    this.detach();
    for (const entry of this.#entries.slice()) {
      this.#finish(entry, () => entry.reject(new RequestDroppedError('ended')));
    }
  }

  #mayPass(entry: Entry): boolean {
    return this.#gate === 'open' || this.#gate === (entry.options.media ? 'media' : 'plain');
  }

  #send(entry: Entry): void {
    const wire = this.#wire;
    if (!wire) return;
    entry.sentOn = wire;
    wire.ask(entry.request, this.#timeoutMs).then(
      (response) => this.#answered(entry, wire, response),
      (error: unknown) => this.#failed(entry, wire, error),
    );
  }

  /** A good answer counts whichever socket brought it: the id says that it is the same request. */
  #answered(entry: Entry, wire: Wire, response: Response): void {
    if (response.ok || !isRetryable(response.error.code)) {
      this.#finish(entry, () => entry.settle(response));
    } else if (wire === this.#wire && response.error.code === 'STALE_SOCKET') {
      // A resume on a socket that was given up came late and took the connection: only another resume gets it back.
      this.#options.onUnanswered(wire);
    } else if (wire === this.#wire) {
      this.#retryLater(entry, response);
    }
    // On a socket that another one replaced: the entry is sent again there.
  }

  #failed(entry: Entry, wire: Wire, error: unknown): void {
    if (error instanceof WireClosedError || wire !== this.#wire) return;
    if (!(error instanceof SignalError) || error.code !== 'TIMEOUT') {
      this.#finish(entry, () => entry.reject(error));
      return;
    }
    entry.retries += 1;
    if (entry.retries > maxRetries) this.#finish(entry, () => entry.reject(error));
    this.#options.onUnanswered(wire);
  }

  #retryLater(entry: Entry, response: Response & { ok: false }): void {
    entry.retries += 1;
    if (entry.retries > maxRetries) {
      this.#finish(entry, () => entry.settle(response));
      return;
    }
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** (entry.retries - 1));
    const delay = (response.error.retryAfterMs ?? 0) + full * (1 - this.#options.random() / 2);
    entry.retryTimer = setTimeout(() => {
      if (this.#mayPass(entry)) this.#send(entry);
      else entry.sentOn = undefined;
    }, delay);
  }

  #finish(entry: Entry, act: () => void): void {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return;
    this.#entries.splice(index, 1);
    clearTimeout(entry.retryTimer);
    act();
  }
}
