type Listener = (event: unknown) => void;

/** Tells its listeners what a test says. */
export class FakeEmitter {
  readonly #listeners = new Map<string, Listener[]>();

  get listenerCount(): number {
    return [...this.#listeners.values()].flat().length;
  }

  on(type: string, listener: Listener): this {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
    return this;
  }

  off(type: string, listener: Listener): this {
    const rest = (this.#listeners.get(type) ?? []).filter((other) => other !== listener);
    this.#listeners.set(type, rest);
    return this;
  }

  tell(type: string, event?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}
