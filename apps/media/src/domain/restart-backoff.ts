const firstMs = 250;
const mostMs = 10_000;
/** A worker that lived this long has earned an immediate replacement. */
const provenMs = 60_000;

/**
 * How long to wait before a dead worker is replaced. The first replacement comes at once; while they keep dying
 * young, each waits twice as long as the one before, up to 10 s.
 */
export class RestartBackoff {
  #youngDeaths = 0;

  /**
   * @param livedMs - How long the worker lived; 0 for one that didn't start.
   * @param random - 0 to 1, takes up to a quarter off the delay.
   * @returns milliseconds
   */
  delayAfter(livedMs: number, random: number): number {
    this.#youngDeaths = livedMs >= provenMs ? 0 : this.#youngDeaths + 1;
    if (this.#youngDeaths <= 1 && livedMs > 0) return 0;
    const delay = Math.min(mostMs, firstMs * 2 ** Math.min(this.#youngDeaths, 10));
    return delay * (1 - random / 4);
  }
}
