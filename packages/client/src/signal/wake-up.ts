/** What woke this page up. */
export type WakeUp =
  /** The machine has a network again, or another one. */
  | 'network'
  /** The page is looked at again, or was frozen: timers may have stood still. */
  | 'page';

/** What TypeScript's library doesn't know of `navigator`; not every browser has it. */
interface NetworkInformation {
  connection?: EventTarget & { type?: string };
}

/**
 * Calls `listener` whenever a connection that was lost unnoticed, or that nobody could repair, is worth another look.
 * @returns ends it
 */
export function onWakeUp(listener: (cause: WakeUp) => void): () => void {
  const end = new AbortController();
  const on = (target: EventTarget | undefined, type: string, act: () => void) =>
    target?.addEventListener(type, act, { signal: end.signal });
  const page = globalThis.window as Window | undefined;
  const { document } = globalThis as { document?: Document };
  const { connection } = (globalThis.navigator as NetworkInformation | undefined) ?? {};
  on(page, 'online', () => listener('network'));
  // Its estimates of speed change all the time; what kind of network it is, seldom.
  let kind = connection?.type;
  on(connection, 'change', () => {
    if (kind === connection?.type) return;
    kind = connection?.type;
    listener('network');
  });
  on(page, 'pageshow', () => listener('page'));
  on(document, 'resume', () => listener('page'));
  on(document, 'visibilitychange', () => {
    if (document?.visibilityState === 'visible') listener('page');
  });
  return () => end.abort();
}
