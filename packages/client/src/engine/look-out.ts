/** Milliseconds between two looks. */
const intervalMs = 15;

/** Waits for what no event announces. It looks only while somebody waits. */
export class LookOut {
  readonly #waiting = new Map<() => boolean, () => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #closed = false;

  /** Resolves at the first look at which `condition` holds; never after `close()`. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      if (this.#closed) return;
      this.#waiting.set(condition, resolve);
      this.#timer ??= setInterval(() => this.#look(), intervalMs);
    });
  }

  close(): void {
    this.#closed = true;
    this.#rest();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #look(): void {
    for (const [condition, resolve] of this.#waiting) {
      if (!condition()) continue;
      this.#waiting.delete(condition);
      resolve();
    }
    if (this.#waiting.size === 0) this.#rest();
  }
}
