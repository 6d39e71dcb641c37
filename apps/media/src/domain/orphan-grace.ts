/**
 * Tells when media has been without any master for so long that nobody will ask for it again. Without a link,
 * media goes on for the whole grace.
 */
export class OrphanGrace {
  readonly #graceMs: number;
  #links = 0;
  #aloneSince: number;

  /** @param graceMs - Milliseconds without any link after which everything is orphaned. */
  constructor(graceMs: number, now: number) {
    this.#graceMs = graceMs;
    this.#aloneSince = now;
  }

  get links(): number {
    return this.#links;
  }

  opened(): void {
    this.#links += 1;
  }

  closed(now: number): void {
    this.#links -= 1;
    if (this.#links === 0) this.#aloneSince = now;
  }

  isOver(now: number): boolean {
    return this.#links === 0 && now - this.#aloneSince >= this.#graceMs;
  }
}
