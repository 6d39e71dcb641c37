/** What was remembered in this browser; empty if there is nothing. */
export function recall(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // Storage is forbidden here.
    return '';
  }
}

/** Keeps something for the next visit, where the browser lets us. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is forbidden here or full; it is asked for again.
    return;
  }
}
