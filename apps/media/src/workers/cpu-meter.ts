/** Turns a growing sum of processor time into the share of one core that was used since the last measure. */
export class CpuMeter {
  #last: { used: number; at: number } | undefined;
  #share = 0;

  /** 0 to 1; 0 before the second measure. */
  get share(): number {
    return this.#share;
  }

  /**
   * @param used - Processor time so far, in milliseconds.
   * @param at - When it was read, in milliseconds of a clock that only goes forward.
   */
  measure(used: number, at: number): void {
    if (this.#last !== undefined && at > this.#last.at) {
      this.#share = Math.min(1, Math.max(0, (used - this.#last.used) / (at - this.#last.at)));
    }
    this.#last = { used, at };
  }
}
