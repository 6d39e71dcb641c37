import type { MediaErrorCode } from '@evercall/media-protocol';
import { errors } from 'mediasoup';
import { MediaError } from '../errors/media-error.js';

/** How a call to a worker is treated. */
export interface WorkerCall<T> {
  /** For the message: `create a transport`. */
  what: string;
  /** Code of the refusal when the worker itself says no. */
  refusedAs: MediaErrorCode;
  call: () => Promise<T>;
  /** Takes back what was made although nobody waits for it any more. */
  onLate?: (result: T) => void;
}

/** Milliseconds that a worker has for an answer. */
export const workerTimeoutMs = 2000;

/**
 * Asks a worker for something.
 *
 * @throws MediaError `refusedAs` or PARAMETERS_REFUSED when the worker refuses, WORKER_UNAVAILABLE when it is gone
 * or doesn't answer within 2 s
 */
export async function callWorker<T>({ what, refusedAs, call, onLate }: WorkerCall<T>): Promise<T> {
  const answer = call();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    // The late answer, and a late failure, belong to nobody else.
    void answer.then(onLate, () => undefined);
    reject(new MediaError('WORKER_UNAVAILABLE', `could not ${what}: the worker doesn't answer`));
  }, workerTimeoutMs);
  try {
    return await Promise.race([answer, timeout]);
  } catch (error) {
    throw asMediaError(error, what, refusedAs);
  } finally {
    clearTimeout(timer);
  }
}

function asMediaError(error: unknown, what: string, refusedAs: MediaErrorCode): MediaError {
  if (error instanceof MediaError) return error;
  const message = `could not ${what}: ${error instanceof Error ? error.message : String(error)}`;
  if (error instanceof TypeError || error instanceof errors.UnsupportedError) {
    return new MediaError('PARAMETERS_REFUSED', message, { cause: error });
  }
  const gone = error instanceof errors.WorkerClosedError || message.includes('Channel closed');
  return new MediaError(gone ? 'WORKER_UNAVAILABLE' : refusedAs, message, { cause: error });
}
