/**
 * Runs tasks of one key one after the other and tasks of different keys side by side. An exclusive task waits for
 * everything before it, and everything after it waits for it. Order is the order of the calls.
 */
export class SerialQueue {
  readonly #lastOfKey = new Map<string, Promise<void>>();
  #lastExclusive: Promise<void> = Promise.resolve();
  #pending = 0;

  /** Tasks that have not ended. */
  get pending(): number {
    return this.#pending;
  }

  /** Runs a task after the earlier ones of its key. Settles as the task does. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.#lastOfKey.get(key) ?? this.#lastExclusive;
    const { result, ended } = this.#start(before, task);
    this.#lastOfKey.set(key, ended);
    void ended.finally(() => {
      if (this.#lastOfKey.get(key) === ended) this.#lastOfKey.delete(key);
    });
    return result;
  }

  /** Runs a task alone. Settles as the task does. */
  runExclusive<T>(task: () => Promise<T>): Promise<T> {
    const before = Promise.all([this.#lastExclusive, ...this.#lastOfKey.values()]);
    const { result, ended } = this.#start(before, task);
    // What comes after starts from here, whatever its key.
    this.#lastOfKey.clear();
    this.#lastExclusive = ended;
    return result;
  }

  #start<T>(before: Promise<unknown>, task: () => Promise<T>): { result: Promise<T>; ended: Promise<void> } {
    this.#pending += 1;
    const result = before.then(task);
    const end = (): void => {
      this.#pending -= 1;
    };
    // A task that fails must not stop the ones after it; its caller gets the failure from `result`.
    return { result, ended: result.then(end, end) };
  }
}
