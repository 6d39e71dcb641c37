/** Milliseconds between two looks. */
const intervalMs = 15;

/** Waits for what no event announces. It looks only while somebody waits. */
export class LookOut {
  readonly #waiting = new Map<() => boolean, () => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Resolves at the first look at which `condition` holds; never after `close()`. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(condition, resolve);
      this.#timer ??= setInterval(() => this.#look(), intervalMs);
    });
  }

  close(): void {
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
    if (this.#waiting.size === 0) this.close();
  }
}
