/** What to do with a worker at a tick. */
export type WatchAction = 'ask' | 'wait' | 'kill';

/** Ticks that a worker may leave a question unanswered: 3 of 500 ms are 1.5 s. */
const patience = 3;

/**
 * Decides, at every tick of its owner, whether a worker is asked, waited for or given up. It counts ticks and
 * not time: after the owner itself stood still, however long, only one tick has passed, so a worker is never
 * killed for its owner's sleep.
 */
export class WorkerWatch {
  #unanswered: number | undefined;

  tick(): WatchAction {
    if (this.#unanswered === undefined) {
      this.#unanswered = 0;
      return 'ask';
    }
    this.#unanswered += 1;
    return this.#unanswered >= patience ? 'kill' : 'wait';
  }

  answered(): void {
    this.#unanswered = undefined;
  }
}
