/** Milliseconds that all tries of one call may take. */
const budgetMs = 20_000;
const firstDelayMs = 150;
const maxDelayMs = 2_000;

/** One failed try. */
export interface FailedTry {
  /** 1 for the first. */
  attempt: number;
  /** Milliseconds since the call began. */
  elapsedMs: number;
  /** HTTP status; 0 if there was no answer. */
  status: number;
  /** Milliseconds that the answer asks us to wait. */
  retryAfterMs?: number | undefined;
}

/**
 * Milliseconds to wait before the next try, or `null` to give up. Only an absent server is asked again: 502, 503, 504
 * and no answer. Drawn at random, as all browsers of a room lose the same server at the same moment.
 */
export function retryDelay(failed: FailedTry, random: () => number): number | null {
  if (![0, 502, 503, 504].includes(failed.status)) return null;
  const longest = Math.min(maxDelayMs, firstDelayMs * 2 ** (failed.attempt - 1));
  const delay = (failed.retryAfterMs ?? 0) + longest / 2 + (random() * longest) / 2;
  return failed.elapsedMs + delay < budgetMs ? delay : null;
}
