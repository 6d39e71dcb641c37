/** Where the SDK's notes go: the browser's console, until `enableProdMode()` silences it. */
class Log {
  #silent = false;

  silence(): void {
    this.#silent = true;
  }

  /** One line per transition in the life of a connection. */
  info(message: string, fields?: object): void {
    if (!this.#silent) console.info(`[evercall] ${message}`, ...(fields ? [fields] : []));
  }

  /** Something odd that the SDK deals with itself. */
  warn(message: string, cause?: unknown): void {
    if (!this.#silent) console.warn(`[evercall] ${message}`, ...(cause === undefined ? [] : [cause]));
  }
}

export const log = new Log();
