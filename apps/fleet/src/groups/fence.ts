import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A later fleet has been at work in this run folder: what this one decided doesn't count any more. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** The highest fencing token that was used in a run folder. Kept beside the processes, so that it holds without Redis. */
export class Fence {
  readonly #file: string;
  readonly #runDir: string;

  constructor(runDir: string) {
    this.#runDir = runDir;
    this.#file = join(runDir, 'fleet.fence');
  }

  /** The highest token so far; 0 for none. */
  get highest(): number {
    try {
      return Number(readFileSync(this.#file, 'utf8')) || 0;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  }

  /**
   * To be called right before something is done with a process.
   *
   * @throws FencedError if a holder of a later token was here
   */
  pass(token: number): void {
    const { highest } = this;
    if (token < highest) throw new FencedError(`token ${token} is older than ${highest}`);
    if (token === highest) return;
    mkdirSync(this.#runDir, { recursive: true });
    writeFileSync(`${this.#file}.new`, `${token}`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}
