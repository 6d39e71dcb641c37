/** Decides how long to wait before the next try to open a socket. */
export interface ReconnectPolicy {
  /**
   * @param attempt 0 for the first try
   * @param elapsedMs milliseconds since the socket was lost
   * @returns milliseconds to wait, or `null` to give up
   */
  nextDelayMs(attempt: number, elapsedMs: number): number | null;
}

const firstStepMs = 100;
const longestMs = 2000;

/**
 * At once, then doubling from 100 ms to 2 s; a random half of each delay is left out, so that the clients of a
 * master that died don't come back in step.
 */
export class BackoffPolicy implements ReconnectPolicy {
  readonly #giveUpAfterMs: number;
  readonly #random: () => number;

  /** @param random gives a number from 0 to 1 */
  constructor(giveUpAfterMs: number, random: () => number = Math.random) {
    this.#giveUpAfterMs = giveUpAfterMs;
    this.#random = random;
  }

  nextDelayMs(attempt: number, elapsedMs: number): number | null {
    if (elapsedMs >= this.#giveUpAfterMs) return null;
    if (attempt === 0) return 0;
    const full = Math.min(longestMs, firstStepMs * 2 ** (attempt - 1));
    return Math.round(full * (1 - this.#random() / 2));
  }
}
