/** Waits for `work`, but not for ever: at most `ms` milliseconds, or until `signal` is aborted. */
export async function within(ms: number, work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = (): void => undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
    onAbort = resolve;
    signal.addEventListener('abort', onAbort);
  });
  try {
    await Promise.race([work, enough]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
