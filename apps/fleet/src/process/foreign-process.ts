import { isAlive, type ProcessRecord } from './process-record.js';

const pollMs = 100;

/**
 * Waits for the end of a process that isn't a child of this one; the kernel tells only parents how it ended.
 *
 * @param signal ends the watching; the promise then never settles
 */
export function watchForeign(
  record: ProcessRecord,
  signal: AbortSignal,
): Promise<{ code: null; signal: null }> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(record)) return;
      clearInterval(timer);
      resolve({ code: null, signal: null });
    }, pollMs);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  });
}
