import { isRetryable } from '@evercall/protocol';
import { SignalError } from '../signal/signal-error.js';
import { wait } from '../signal/wait.js';

/** How often something is begun anew that the request queue has given up. */
const mostTries = 10;
/** Milliseconds in between, half of them by chance. */
const pauseMs = 2000;

export interface KeepTryingOptions {
  /** Nothing else has taken its place. */
  isWanted: () => boolean;
  /** Gives a number from 0 to 1. */
  random: () => number;
  signal: AbortSignal;
}

/**
 * Does something that nobody would ask for again: a stream that was published or received must not stay away because a media
 * node was slow for a few seconds.
 * @throws the last error; one that can't heal at once
 */
export async function keepTrying(act: () => Promise<unknown>, options: KeepTryingOptions): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await act();
      return;
    } catch (error) {
      const mayHeal = error instanceof SignalError && isRetryable(error.code);
      if (!mayHeal || tries >= mostTries) throw error;
      await wait(pauseMs * (1 - options.random() / 2), options.signal, { patient: true });
      if (options.signal.aborted || !options.isWanted()) throw error;
    }
  }
}
