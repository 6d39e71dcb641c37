import { recall, remember } from './memory.js';

const key = 'evercall.name';

/** The name that was used last in this browser; empty if there is none. */
export function rememberedName(): string {
  return recall(key);
}

/** Keeps the name for the next visit, where the browser lets us. */
export function rememberName(name: string): void {
  remember(key, name);
}
