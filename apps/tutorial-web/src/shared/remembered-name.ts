const key = 'evercall.name';

/** The name that was used last in this browser; empty if there is none. */
export function rememberedName(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // Storage is forbidden here; the name is typed again.
    return '';
  }
}

/** Keeps the name for the next visit, where the browser lets us. */
export function rememberName(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // Storage is forbidden here or full; the name is typed again.
    return;
  }
}
