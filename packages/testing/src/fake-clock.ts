/** Names a timer of a {@link FakeClock}. */
export type TimerHandle = number;

interface Timer {
  handle: TimerHandle;
  at: number;
  everyMs: number | undefined;
  run: () => void;
}

/**
 * A clock that moves only when the test says so. Its methods are bound and can be injected one by one, where
 * the code under test takes a `now` or a `setTimeout`.
 */
export class FakeClock {
  #now: number;
  #timers: Timer[] = [];
  #lastHandle = 0;

  /** @param now - Milliseconds since 1970 that the clock starts with. */
  constructor(now = 1_750_000_000_000) {
    this.#now = now;
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => this.#now;

  readonly setTimeout = (run: () => void, ms = 0): TimerHandle => this.#add({ run, ms });

  readonly setInterval = (run: () => void, ms: number): TimerHandle =>
    this.#add({ run, ms, everyMs: Math.max(1, ms) });

  readonly clearTimeout = (handle: TimerHandle | undefined): void => {
    this.#timers = this.#timers.filter((timer) => timer.handle !== handle);
  };

  readonly clearInterval = this.clearTimeout;

  /** Timers that are set: a test that ends asserts that none is left. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Moves the clock by `ms` and runs the timers that fall due, in order of their time. */
  advance(ms: number): void {
    const until = this.#now + ms;
    while (this.#runNext(until));
    this.#now = until;
  }

  /** Like {@link advance}, letting the promises that a timer settles run before the next timer does. */
  async advanceAsync(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    while (this.#runNext(until)) await settle();
    this.#now = until;
    await settle();
  }

  #add({ run, ms, everyMs }: { run: () => void; ms: number; everyMs?: number }): TimerHandle {
    const handle = ++this.#lastHandle;
    this.#timers.push({ handle, at: this.#now + Math.max(0, ms), everyMs, run });
    return handle;
  }

  #runNext(until: number): boolean {
    const [next] = this.#timers
      .filter((timer) => timer.at <= until)
      .sort((a, b) => a.at - b.at || a.handle - b.handle);
    if (next === undefined) return false;
    this.#now = next.at;
    if (next.everyMs === undefined) this.clearTimeout(next.handle);
    else next.at += next.everyMs;
    next.run();
    return true;
  }
}

/** A turn of the real event loop: every promise that is ready has run by then. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
