type Handler<Value> = (event: Value) => void;

/** Lets others listen; the listeners of one event run in the order in which they came. */
export abstract class EventDispatcher<EventMap> {
  readonly #handlers = new Map<keyof EventMap, { handler: Handler<never>; once: boolean }[]>();

  /** Calls `handler` each time. The same handler may listen several times. */
  on<Type extends keyof EventMap>(type: Type, handler: Handler<EventMap[Type]>): this {
    this.#add(type, { handler, once: false });
    return this;
  }

  /** Calls `handler` the next time only. */
  once<Type extends keyof EventMap>(type: Type, handler: Handler<EventMap[Type]>): this {
    this.#add(type, { handler, once: true });
    return this;
  }

  /** Ends the listening of `handler`, or of all handlers of this event. */
  off<Type extends keyof EventMap>(type: Type, handler?: Handler<EventMap[Type]>): this {
    const rest = handler ? (this.#handlers.get(type) ?? []).filter((entry) => entry.handler !== handler) : [];
    if (rest.length > 0) this.#handlers.set(type, rest);
    else this.#handlers.delete(type);
    this.listenersChanged();
    return this;
  }

  /** Whether anybody listens. */
  protected hasListeners(type: keyof EventMap): boolean {
    return this.#handlers.has(type);
  }

  /** Hook for what runs only while somebody listens. */
  protected listenersChanged(): void {}

  /**
   * Runs the listeners. One that throws doesn't keep the others from running: its error is thrown again on
   * its own, where `window.onerror` sees it.
   */
  protected emit<Type extends keyof EventMap>(type: Type, event: EventMap[Type]): void {
    const entries = this.#handlers.get(type) ?? [];
    for (const entry of entries.slice()) {
      if (entry.once) this.off(type, entry.handler as Handler<EventMap[Type]>);
      try {
        (entry.handler as Handler<EventMap[Type]>)(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #add(type: keyof EventMap, entry: { handler: Handler<never>; once: boolean }): void {
    this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), entry]);
    this.listenersChanged();
  }
}
