/** What a turn is taken to last before any was measured, in ms. */
const firstGuessMs = 20;
/** Weight of the newest measurement. */
const weight = 0.1;
/** Least and greatest wait that anybody is told, in ms. */
const leastMs = 50;
const mostMs = 5000;

/**
 * Tells those who can't even wait here when to come again: each later than the one before, so that a crowd comes back as
 * fast as it can be served, and not all at once.
 */
export class Backlog {
  readonly #atOnce: number;
  #turnMs = firstGuessMs;
  #servedUntil = 0;

  /** @param atOnce how many are served side by side */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Somebody was served. @param tookMs milliseconds that it took */
  served(tookMs: number): void {
    this.#turnMs += weight * (tookMs - this.#turnMs);
  }

  /**
   * @param options `ahead`: how many wait here; `now`: milliseconds of a monotonic clock
   * @returns milliseconds after which to come again
   */
  sendAway({ ahead, now }: { ahead: number; now: number }): number {
    const perTurn = this.#turnMs / this.#atOnce;
    this.#servedUntil = Math.max(this.#servedUntil, now + ahead * perTurn) + perTurn;
    return Math.round(Math.min(mostMs, Math.max(leastMs, this.#servedUntil - now)));
  }
}
