/**
 * Decides whether passed deadlines may be worked off. While the shared state was away nobody could come back, so
 * nothing ends until one full grace period later.
 */
export class DeadlineGate {
  readonly #graceMs: number;
  #away = false;
  #closedUntil = 0;

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /** The shared state didn't answer. */
  stateAway(): void {
    this.#away = true;
  }

  /** The shared state answered. @returns whether deadlines may be worked off at `now` (ms) */
  stateAnswered(now: number): boolean {
    if (this.#away) this.#closedUntil = now + this.#graceMs;
    this.#away = false;
    return now >= this.#closedUntil;
  }
}
