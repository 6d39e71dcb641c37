const listeners = new Set<() => void>();

/** The user let the page use a device: the names of all devices are readable from now on. */
export function tellDeviceAccess(): void {
  for (const listener of listeners) listener();
}

/** Calls `listener` after each grant, until the returned function is called. */
export function onDeviceAccess(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
