import { createWorker as createMediasoupWorker, setLogEventListeners, type types } from 'mediasoup';
import type { Logger } from 'pino';

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Starts a mediasoup worker process.
 *
 * mediasoup would close it at the first SIGTERM, before this node had a chance to tell anybody; when a worker
 * ends is the node's own decision, so those listeners are taken off again.
 *
 * @throws Error when there is no executable worker or it ends at once
 */
export async function createWorker(): Promise<types.Worker> {
  const before = signals.map((signal) => process.listeners(signal));
  const starting = createMediasoupWorker({ logLevel: 'warn' });
  signals.forEach((signal, index) => {
    for (const listener of process.listeners(signal)) {
      if (!before[index]?.includes(listener)) process.removeListener(signal, listener);
    }
  });
  return starting;
}

/** Lets mediasoup's warnings and errors go to the log; what a worker refuses is told to its master anyway. */
export function logMediasoup(log: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, message) => log.debug({ namespace }, message),
    onerror: (namespace, message, error) => log.debug({ namespace, err: error }, message),
  });
}
