/** Milliseconds for which arrivals are kept. */
const keptMs = 90_000;

/** When something of one track arrived: video frames or audio packets. Times in ms of one clock, growing. */
export class GapLog {
  #gaps: { from: number; to: number }[] = [];
  #last: number | undefined;

  /** Something arrived. */
  add(at: number): void {
    if (this.#last !== undefined && at > this.#last) {
      this.#gaps.push({ from: this.#last, to: at });
      while ((this.#gaps[0]?.to ?? at) < at - keptMs) this.#gaps.shift();
    }
    if (this.#last === undefined || at > this.#last) this.#last = at;
  }

  /** Nothing is to be expected until the next arrival: the sender muted, or left. */
  rest(): void {
    this.#last = undefined;
  }

  /** Whether anything arrived that more is expected after. */
  get runs(): boolean {
    return this.#last !== undefined;
  }

  /** The longest wait in ms that touches the time from `from` to `to`, one that lasts included; 0 for none. */
  longest(from: number, to: number): number {
    const touching = this.#gaps.filter((gap) => gap.to > from && gap.from < to);
    const open = this.#last !== undefined && this.#last < to ? to - this.#last : 0;
    return Math.max(open, ...touching.map((gap) => gap.to - gap.from), 0);
  }
}
