import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import {
  createWorker as createMediasoupWorker,
  setLogEventListeners,
  type types,
  workerBin,
} from 'mediasoup';
import type { Logger } from 'pino';
import { ConfigError } from '../config.js';

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

/** @throws ConfigError when there is no worker to start */
export async function assertWorkerBinary(): Promise<void> {
  try {
    await access(workerBin, constants.X_OK);
  } catch (cause) {
    throw new ConfigError(`MEDIASOUP_WORKER_BIN is wrong: ${workerBin} can't be executed`, { cause });
  }
}

/** Lets mediasoup's warnings and errors go to the log; what a worker refuses is told to its master anyway. */
export function logMediasoup(log: Logger): void {
  setLogEventListeners({
    onwarn: (namespace, message) => log.debug({ namespace }, message),
    onerror: (namespace, message, error) => log.debug({ namespace, err: error }, message),
  });
}
