import { isRetryable } from '@evercall/protocol';
import type { ReconnectPolicy } from './reconnect-policy.js';
import { RequestDroppedError, SignalError, WireClosedError } from './signal-error.js';
import { wait } from './wait.js';

/** Milliseconds for which a master that answers "not now" is asked again, at most. */
const longestMs = 300_000;

export interface PersistOptions {
  policy: ReconnectPolicy;
  /** Number of the first try; 0 is the one that waits for nothing. */
  firstAttempt: number;
  /** The policy's patience counts anew from each master that answers: it is there, and will have us later. */
  trustAnswers: boolean;
  /** Gives a number from 0 to 1. */
  random: () => number;
  /** Ends it. */
  signal: AbortSignal;
}

/**
 * Tries until it works, the policy gives up or the error is final.
 * @throws {RequestDroppedError} the signal was aborted
 * @throws the last error
 */
export async function persist(act: () => Promise<void>, options: PersistOptions): Promise<void> {
  const { policy, signal, random } = options;
  const started = Date.now();
  let since = started;
  let began = started;
  let last: unknown = new WireClosedError('No socket');
  for (let attempt = options.firstAttempt; ; attempt += 1) {
    // What counts is when the try before began: a machine that slept gets one more, however late it is.
    const delay = policy.nextDelayMs(attempt, began - since);
    if (delay === null) throw last;
    const hint = retryAfterMs(last) * (1 + random() / 4);
    await wait(hint, signal, { patient: true });
    await wait(delay - hint, signal);
    if (signal.aborted) throw new RequestDroppedError('ended');
    began = Date.now();
    try {
      return await act();
    } catch (error) {
      if (!mayHeal(error)) throw error;
      last = error;
      if (options.trustAnswers && isAnswer(error) && began - started < longestMs) since = began;
    }
  }
}

function mayHeal(error: unknown): boolean {
  return error instanceof WireClosedError || (error instanceof SignalError && isRetryable(error.code));
}

function isAnswer(error: unknown): boolean {
  return error instanceof SignalError && error.code !== 'TIMEOUT';
}

function retryAfterMs(error: unknown): number {
  return error instanceof SignalError ? (error.answer.retryAfterMs ?? 0) : 0;
}
