/**
 * Notices that the own process slept: its event loop stood still for so long that others may have declared it lost
 * meanwhile. Until that was looked up, it must not act.
 */
export class Wakefulness {
  readonly #longestMs: number;
  #lastTick: number;
  #slept = false;

  /**
   * @param longestMs a gap between two ticks from which on the process slept, in ms
   * @param now milliseconds of a monotonic clock
   */
  constructor(longestMs: number, now: number) {
    this.#longestMs = longestMs;
    this.#lastTick = now;
  }

  /** To be called at a steady pace, much shorter than `longestMs`. */
  tick(now: number): void {
    this.#slept = this.hasSlept(now);
    this.#lastTick = now;
  }

  /** Whether it slept since it was last {@link cleared}; also if no tick has come since it woke. */
  hasSlept(now: number): boolean {
    return this.#slept || now - this.#lastTick > this.#longestMs;
  }

  /** It was looked up, and the process wasn't declared lost. */
  cleared(now: number): void {
    this.#slept = false;
    this.#lastTick = now;
  }
}
