/** One failed try, as a {@link RetryPolicy} judges it. */
export interface FailedTry {
  /** 1 for the first try. */
  attempt: number;
  /** Milliseconds since the call began. */
  elapsedMs: number;
  /** Milliseconds that the answer's `Retry-After` asks for. */
  retryAfterMs?: number | undefined;
}

/** Decides when a call that met an absent platform is tried again. */
export interface RetryPolicy {
  /** Milliseconds after which a call gives up, all tries together. */
  readonly budgetMs: number;
  /** Milliseconds after which one try counts as unanswered. */
  readonly tryTimeoutMs: number;
  /** Milliseconds to wait before the next try, or `null` to give up. */
  delayMs(failed: FailedTry): number | null;
}

/** What {@link exponentialRetry} can be told, in milliseconds. */
export interface ExponentialRetryOptions {
  /** All tries together. Default 15 000. */
  budgetMs?: number;
  /** One try. Default 5 000. */
  tryTimeoutMs?: number;
  /** Longest wait before the second try. Default 100; it doubles with each try. */
  firstDelayMs?: number;
  /** Longest wait before any try. Default 1 000. */
  maxDelayMs?: number;
  /** A number in [0, 1). Default `Math.random`. */
  random?: () => number;
}

/**
 * Waits that double up to a maximum, each drawn at random between its half and its whole, so that backends which
 * lost the same master don't come back in step. A `Retry-After` is the least wait. Gives up when the next try would
 * begin after the budget.
 */
export function exponentialRetry(options: ExponentialRetryOptions = {}): RetryPolicy {
  const { budgetMs = 15_000, tryTimeoutMs = 5_000, firstDelayMs = 100, maxDelayMs = 1_000 } = options;
  const random = options.random ?? Math.random;
  return {
    budgetMs,
    tryTimeoutMs,
    delayMs({ attempt, elapsedMs, retryAfterMs = 0 }) {
      const longest = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
      const jittered = longest / 2 + (random() * longest) / 2;
      // The jitter is added, not compared, as everybody who got the same Retry-After would come at once.
      const delay = retryAfterMs > 0 ? retryAfterMs + jittered : jittered;
      return elapsedMs + delay < budgetMs ? delay : null;
    },
  };
}
