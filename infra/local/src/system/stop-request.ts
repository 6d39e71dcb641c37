/** Thrown where work is given up because the launcher was asked to stop. */
export class Stopped extends Error {
  constructor() {
    super('asked to stop');
    this.name = 'Stopped';
  }
}

/** The wish that the launcher ends: Ctrl-C, a signal, or the end of the process above it. */
export class StopRequest {
  /** Resolves at the first request. */
  readonly requested: Promise<void>;
  #resolve: () => void = () => undefined;
  #stopped = false;
  #onSecond: () => void = () => undefined;

  constructor() {
    this.requested = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** Asks to stop; a second time means: at once. */
  request(): void {
    if (this.#stopped) this.#onSecond();
    this.#stopped = true;
    this.#resolve();
  }

  /** What to do when somebody doesn't want to wait. */
  onSecond(action: () => void): void {
    this.#onSecond = action;
  }

  /**
   * The result of some work, unless the stop comes first.
   *
   * @throws Stopped
   */
  async unless<T>(work: Promise<T>): Promise<T> {
    if (this.#stopped) throw new Stopped();
    return await Promise.race([
      work,
      this.requested.then(() => {
        throw new Stopped();
      }),
    ]);
  }

  /** Ctrl-C, SIGTERM, SIGHUP, and the end of the bootstrap that started this process. */
  listen(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.request());
    process.once('disconnect', () => this.request());
    // Waiting for a signal doesn't keep a process alive; a launcher whose processes have all died still has to.
    setInterval(() => undefined, 2 ** 30);
  }
}
