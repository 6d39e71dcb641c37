/** What was read, and when it was asked for in milliseconds since 1970. */
interface Reading<T> {
  askedAt: number;
  value: Promise<T>;
}

/**
 * Lets many who ask for the same at about the same time share one answer: every page of a room polls each second, and
 * the masters should notice one of them.
 */
export class Latest<T> {
  readonly #readings = new Map<string, Reading<T>>();
  readonly #freshMs: number;

  /** @param freshMs milliseconds for which an answer is good enough */
  constructor(freshMs: number) {
    this.#freshMs = freshMs;
  }

  /** The latest answer under this key if it is fresh, else the one that `read` gets. */
  get(key: string, now: number, read: () => Promise<T>): Promise<T> {
    for (const [other, { askedAt }] of this.#readings) {
      if (now - askedAt >= this.#freshMs) this.#readings.delete(other);
    }
    const known = this.#readings.get(key);
    if (known) return known.value;
    const value = read();
    this.#readings.set(key, { askedAt: now, value });
    return value;
  }
}
