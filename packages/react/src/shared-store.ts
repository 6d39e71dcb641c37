import { Store } from './store.js';

/** A store that works only while somebody watches it, however many do. */
export class SharedStore<Value> {
  readonly #store: Store<Value>;
  readonly #work: (store: Store<Value>) => () => void;
  #watchers = 0;
  #end: (() => void) | undefined;

  /** @param work begins to keep the value up to date; what it returns ends that */
  constructor(value: Value, work: (store: Store<Value>) => () => void) {
    this.#store = new Store(value);
    this.#work = work;
  }

  readonly get = (): Value => this.#store.get();

  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    const unsubscribe = this.#store.subscribe(listener);
    this.#watchers += 1;
    this.#end ??= this.#work(this.#store);
    let done = false;
    return () => {
      if (done) return;
      done = true;
      unsubscribe();
      this.#watchers -= 1;
      if (this.#watchers > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  };
}
