import { useSyncExternalStore } from 'react';

/** What can be watched: a `Store`, or one that is shared. */
interface Watchable<Value> {
  get: () => Value;
  subscribe: (listener: () => void) => () => void;
}

/** The value of a store, now and after each change. */
export function useStore<Value>(store: Watchable<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
