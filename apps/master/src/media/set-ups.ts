import type { PlacementLeg } from '@evercall/cluster';
import type { Urgency } from '../turns/turn-queue.js';
import { Turns } from '../turns/turns.js';

/** How many connections get their transports side by side on one worker. */
const atOncePerWorker = 8;

/**
 * Set-ups of transports, so many at once on each worker: when a media node dies, hundreds are due on the ones that are
 * left, and the first to be served must not wait for the last.
 */
export class SetUps {
  readonly #workers = new Map<string, Turns>();

  /** Acts when a turn on that worker is free. @throws what `act` throws */
  async run<T>(
    { mediaNodeId, worker }: PlacementLeg,
    { urgency, act }: { urgency: Urgency; act: () => Promise<T> },
  ): Promise<T> {
    const key = `${mediaNodeId}/${worker}`;
    const turns = this.#workers.get(key) ?? new Turns(atOncePerWorker);
    this.#workers.set(key, turns);
    try {
      return await turns.run(urgency, act);
    } finally {
      if (turns.isIdle) this.#workers.delete(key);
    }
  }
}
