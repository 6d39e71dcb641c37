import { TurnQueue, type Urgency } from './turn-queue.js';

/** Carries out only so many things side by side; the others wait for their turn. */
export class Turns {
  readonly #queue: TurnQueue<() => void>;

  /** @param atOnce how many go side by side */
  constructor(atOnce: number) {
    this.#queue = new TurnQueue(atOnce);
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  get isIdle(): boolean {
    return this.#queue.isIdle;
  }

  /** Acts when its turn has come. @throws what `act` throws */
  async run<T>(urgency: Urgency, act: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#queue.enter(resolve, urgency)?.();
    await promise;
    try {
      return await act();
    } finally {
      this.#queue.leave()?.();
    }
  }
}
