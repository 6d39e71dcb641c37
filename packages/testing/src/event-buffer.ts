/** How long {@link EventBuffer.next} waits. */
export interface NextOptions {
  /** Milliseconds after which the wait fails. Default 5000. */
  timeoutMs?: number;
}

interface Waiter<T> {
  matches: (event: T) => boolean;
  take: (event: T) => void;
}

/**
 * Collects what an emitter emits, so that a test can wait for an event without racing against it: an event that
 * came before the wait counts too.
 *
 * `push` is bound, so it can be given as a listener: `socket.on('message', buffer.push)`.
 */
export class EventBuffer<T> {
  readonly #all: T[] = [];
  #unread: T[] = [];
  #waiters: Waiter<T>[] = [];

  /** Adds an event; the oldest waiting {@link next} that matches it gets it. */
  readonly push = (event: T): void => {
    this.#all.push(event);
    const waiter = this.#waiters.find((candidate) => candidate.matches(event));
    if (waiter === undefined) {
      this.#unread.push(event);
      return;
    }
    this.#waiters = this.#waiters.filter((candidate) => candidate !== waiter);
    waiter.take(event);
  };

  /** Every event so far, oldest first, read or not. */
  all(): T[] {
    return [...this.#all];
  }

  /** Forgets every event so far. */
  clear(): void {
    this.#all.length = 0;
    this.#unread = [];
  }

  /**
   * The oldest event that matches and that no earlier `next` has returned, waiting for it when it hasn't come yet.
   * Events that don't match stay for a later `next`.
   *
   * @throws Error after `timeoutMs`, listing what came instead.
   */
  next<S extends T>(predicate: (event: T) => event is S, options?: NextOptions): Promise<S>;
  next(predicate?: (event: T) => boolean, options?: NextOptions): Promise<T>;
  next(predicate: (event: T) => boolean = () => true, { timeoutMs = 5000 }: NextOptions = {}): Promise<T> {
    const index = this.#unread.findIndex(predicate);
    const [ready] = index === -1 ? [] : this.#unread.splice(index, 1);
    if (index !== -1) return Promise.resolve(ready as T);
    return new Promise((resolve, reject) => {
      const waiter: Waiter<T> = {
        matches: predicate,
        take: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((candidate) => candidate !== waiter);
        const seen = this.#all.map((event) => JSON.stringify(event)?.slice(0, 200)).join('\n  ');
        reject(new Error(`no such event within ${timeoutMs} ms; there were:\n  ${seen || '(none)'}`));
      }, timeoutMs);
      this.#waiters.push(waiter);
    });
  }
}
