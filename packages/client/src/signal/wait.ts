import { onWakeUp } from './wake-up.js';

/**
 * Waits `ms` milliseconds, less if `signal` is aborted. The caller looks at `signal` afterwards.
 * @param options `patient`: not less either when the browser says that the network or the page is back
 */
export function wait(ms: number, signal: AbortSignal, { patient = false } = {}): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      stopListening?.();
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
    const stopListening = patient ? undefined : onWakeUp(finish);
  });
}
