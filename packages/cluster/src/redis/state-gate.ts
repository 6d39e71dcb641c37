import { ClusterError } from '../errors.js';

/** `shut`: no connection that was greeted; `settling`: only what is remembered may be told; `open`. */
export type GateLevel = 'shut' | 'settling' | 'open';

const order: Record<GateLevel, number> = { shut: 0, settling: 1, open: 2 };

/** What a new connection found out about the shared state. */
export interface Greeting {
  epoch: number;
  /** This process knew an earlier epoch: data may be lost, and what it remembers must be told again. */
  isLossy: boolean;
}

/** Tells what is remembered. The gate opens only after it; a rejection is ignored. */
export type GreetingListener = (greeting: Greeting) => Promise<void>;

interface Waiter {
  need: GateLevel;
  pass: () => void;
  give: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * Lets nothing through that relies on the shared state before it is known which state that is. Every restart and failover
 * of Redis closes the connection; then the gate is shut until the next one was greeted and what was lost is told again.
 */
export class StateGate {
  readonly #patienceMs: number;
  #level: GateLevel = 'shut';
  #epoch = 0;
  #lostAt: number | undefined;
  #waiting = new Set<Waiter>();
  #broken: PromiseWithResolvers<never> = unheard();
  readonly #losses = new Map<string, string>();
  readonly #onShut: (() => void)[] = [];
  readonly #onOpened: (() => void)[] = [];
  readonly #onGreeted: GreetingListener[] = [];

  /** @param patienceMs how long something waits for the gate, in ms */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  get level(): GateLevel {
    return this.#level;
  }

  /** The epoch that was greeted last; 0 before the first time. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Tombstones of nodes: node id → loss as it is stored. They are told at each greeting. */
  get losses(): ReadonlyMap<string, string> {
    return this.#losses;
  }

  /** @param losses all that the shared state has; those that it has forgotten in good order are forgotten here, too */
  rememberLosses(losses: Record<string, string>): void {
    if (this.#level !== 'open') return;
    this.#losses.clear();
    for (const [nodeId, loss] of Object.entries(losses)) this.#losses.set(nodeId, loss);
  }

  /** Called when the shared state can't be relied on any more: nothing of before counts as fresh. */
  onShut(listener: () => void): void {
    this.#onShut.push(listener);
  }

  /** Called after each greeting, before the gate opens. */
  onGreeted(listener: GreetingListener): void {
    this.#onGreeted.push(listener);
  }

  onOpened(listener: () => void): void {
    this.#onOpened.push(listener);
  }

  shut(): void {
    if (this.#level === 'shut') return;
    this.#level = 'shut';
    this.#broken.reject(new ClusterError('STATE_UNAVAILABLE', 'the connection to the shared state broke'));
    this.#broken = unheard();
    for (const listener of this.#onShut) listener();
  }

  /**
   * For so long nothing of before was lost, in ms: what is missing for less may still be told by somebody who is slow.
   *
   * @param now `performance.now()`
   */
  calmMs(now: number): number {
    return now - (this.#lostAt ?? Number.NEGATIVE_INFINITY);
  }

  /**
   * A connection was greeted. Resolves when everything that is remembered was told.
   *
   * @param lostAt `performance.now()` when data were lost
   */
  async settle(epoch: number, lostAt?: number): Promise<void> {
    this.#lostAt = lostAt;
    const greeting = { epoch, isLossy: this.#epoch !== 0 && this.#epoch !== epoch };
    this.#epoch = epoch;
    this.#become('settling');
    await Promise.allSettled(this.#onGreeted.map(async (listener) => listener(greeting)));
  }

  open(): void {
    this.#become('open');
    for (const listener of this.#onOpened) listener();
  }

  /**
   * Runs an exchange once the gate is as far open as needed. When the gate shuts meanwhile, its outcome is unknown.
   *
   * @throws ClusterError `STATE_UNAVAILABLE`: not in time, or shut meanwhile
   */
  async through<T>(need: GateLevel, exchange: () => Promise<T>): Promise<T> {
    // Somebody may shut it again between the moment it opens and the moment this goes on.
    while (order[this.#level] < order[need]) await this.#wait(need);
    return Promise.race([exchange(), this.#broken.promise]);
  }

  #become(level: GateLevel): void {
    this.#level = level;
    for (const waiter of this.#waiting) {
      if (order[level] < order[waiter.need]) continue;
      clearTimeout(waiter.timer);
      this.#waiting.delete(waiter);
      waiter.pass();
    }
  }

  async #wait(need: GateLevel): Promise<void> {
    await new Promise<void>((pass, give) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        give(new ClusterError('STATE_UNAVAILABLE', `the shared state is away (${this.#level})`));
      }, this.#patienceMs);
      const waiter: Waiter = { need, pass, give, timer };
      this.#waiting.add(waiter);
    });
  }
}

/** A promise that may be rejected without anybody listening. */
function unheard(): PromiseWithResolvers<never> {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  return broken;
}
