/** Why somebody waits for a turn, the most urgent first: media that is gone, a connection that comes back, a new one. */
const urgencies = ['moved', 'resume', 'join'] as const;
export type Urgency = (typeof urgencies)[number];

/**
 * Decides who may go when only so many may go at once: the most urgent first, of these the one who has waited longest.
 */
export class TurnQueue<T> {
  readonly #atOnce: number;
  readonly #waiting = new Map<Urgency, T[]>(urgencies.map((urgency) => [urgency, []]));
  #going = 0;

  /** @param atOnce how many may go side by side */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** How many wait. */
  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Nobody goes or waits. */
  get isIdle(): boolean {
    return this.#going === 0 && this.waiting === 0;
  }

  /** Somebody comes. @returns who goes now: the one who came, or nobody */
  enter(ticket: T, urgency: Urgency): T | undefined {
    this.#waiting.get(urgency)?.push(ticket);
    return this.#next();
  }

  /** Somebody is done. @returns who goes now */
  leave(): T | undefined {
    this.#going -= 1;
    return this.#next();
  }

  #next(): T | undefined {
    if (this.#going >= this.#atOnce) return undefined;
    for (const line of this.#waiting.values()) {
      const ticket = line.shift();
      if (ticket === undefined) continue;
      this.#going += 1;
      return ticket;
    }
    return undefined;
  }
}
