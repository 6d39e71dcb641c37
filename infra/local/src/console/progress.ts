const SHOW_AFTER_MS = 700;
const PERCENT_STEP = 10;
const clearLine = '\r\u001b[K';

/** Where steps are reported; in practice stderr. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Width of the terminal. */
  columns?: number;
}

/** What a running step can tell. */
export interface StepReport {
  /** Says more precisely what is being done. */
  detail: (text: string) => void;
  /** How far it is. */
  count: (done: number, total: number) => void;
}

/**
 * Tells of steps that take long enough to wonder about. On a terminal the line of a step changes in place; elsewhere
 * (a log, CI) there is a line at its start, one for each ten percent, and one at its end.
 */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #now: () => number;

  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
  }

  /** A line that stays. */
  say(text: string): void {
    const start = this.#output.isTTY === true ? clearLine : '';
    this.#output.write(`${start}evercall: ${text}\n`);
  }

  /** Runs a step and returns its result. A step that is over in no time is not mentioned. */
  async step<T>(name: string, work: (report: StepReport) => Promise<T>): Promise<T> {
    const began = this.#now();
    const line = new StepLine(this.#output, name);
    const timer = setTimeout(() => line.show(), SHOW_AFTER_MS);
    try {
      const result = await work({
        detail: (text) => line.detail(text),
        count: (done, total) => line.count(done, total),
      });
      line.finish(`${((this.#now() - began) / 1000).toFixed(1)} s`);
      return result;
    } catch (error) {
      line.finish('failed');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The line of one step. */
class StepLine {
  readonly #output: ProgressOutput;
  #text: string;
  #shown = false;
  #saidPercent = 0;

  constructor(output: ProgressOutput, text: string) {
    this.#output = output;
    this.#text = text;
  }

  /** Shows the step, if nothing of it was shown yet. */
  show(): void {
    if (!this.#shown) this.#begin();
  }

  detail(text: string): void {
    this.#text = text;
    this.#saidPercent = 0;
    this.#begin();
  }

  count(done: number, total: number): void {
    const percent = Math.floor((100 * done) / Math.max(1, total));
    if (this.#output.isTTY === true) {
      this.#write(` [${done}/${total}]`);
    } else if (percent >= this.#saidPercent + PERCENT_STEP) {
      this.#saidPercent = percent - (percent % PERCENT_STEP);
      this.#write(` ${this.#saidPercent} %`);
    }
  }

  finish(outcome: string): void {
    if (!this.#shown) return;
    this.#write(`: ${outcome}`);
    if (this.#output.isTTY === true) this.#output.write('\n');
  }

  #begin(): void {
    this.#shown = true;
    this.#write('…');
  }

  #write(end: string): void {
    const line = `evercall: ${this.#text}${end}`;
    const { isTTY, columns } = this.#output;
    // A line that wraps couldn't be written over.
    this.#output.write(isTTY === true ? `${clearLine}${line.slice(0, (columns || 80) - 1)}` : `${line}\n`);
  }
}
