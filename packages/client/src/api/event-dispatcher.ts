type Handler<Value> = (event: Value) => void;

interface Entry {
  handler: Handler<never>;
  once: boolean;
}

/** Lets others listen; the listeners of one event run in the order in which they came. */
export abstract class EventDispatcher<EventMap> {
  readonly #entries = new Map<keyof EventMap, Entry[]>();

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
    this.#keep(type, (entry) => handler !== undefined && entry.handler !== handler);
    return this;
  }

  /** Whether anybody listens. */
  protected hasListeners(type: keyof EventMap): boolean {
    return this.#entries.has(type);
  }

  /** Runs when somebody begins or ends to listen. */
  protected listenersChanged(): void {}

  /** Events that stand for a lasting fact are told again to whoever comes late. */
  protected factOf<Type extends keyof EventMap>(_type: Type): EventMap[Type][] {
    return [];
  }

  /** Runs the listeners. */
  protected emit<Type extends keyof EventMap>(type: Type, event: EventMap[Type]): void {
    for (const entry of this.#entries.get(type)?.slice() ?? []) {
      if (entry.once) this.#keep(type, (other) => other !== entry);
      this.#run(entry, event);
    }
  }

  #add(type: keyof EventMap, entry: Entry): void {
    const facts = this.factOf(type);
    for (const fact of entry.once ? facts.slice(0, 1) : facts) this.#run(entry, fact);
    if (entry.once && facts.length > 0) return;
    this.#entries.set(type, [...(this.#entries.get(type) ?? []), entry]);
    this.listenersChanged();
  }

  #keep(type: keyof EventMap, wanted: (entry: Entry) => boolean): void {
    const rest = this.#entries.get(type)?.filter(wanted) ?? [];
    if (rest.length > 0) this.#entries.set(type, rest);
    else this.#entries.delete(type);
    this.listenersChanged();
  }

  /** A listener that throws must not keep the others from running: `window.onerror` gets its error. */
  #run(entry: Entry, event: EventMap[keyof EventMap]): void {
    try {
      // The map holds each handler under the type that it was added for.
      (entry.handler as Handler<EventMap[keyof EventMap]>)(event);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
