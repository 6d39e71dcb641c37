import { setTimeout as sleep } from 'node:timers/promises';

/** How long {@link eventually} tries, and how often. */
export interface EventuallyOptions {
  /** Milliseconds after which the last failure is thrown. Default 5000. */
  timeoutMs?: number;
  /** Milliseconds between two tries. Default 25. */
  everyMs?: number;
}

/**
 * Calls `fn` until it neither throws nor returns `false`, and returns what it returned.
 *
 * For states that no event announces. Where an event exists, wait for it with `EventBuffer` instead.
 *
 * @throws Error after `timeoutMs`, with the last failure as `cause`.
 */
export async function eventually<T>(
  fn: () => T | Promise<T>,
  { timeoutMs = 5000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const outcome = await attempt(fn);
    if (outcome.ok && outcome.value !== false) return outcome.value as Exclude<T, false>;
    if (performance.now() >= until) {
      const cause = outcome.ok ? undefined : outcome.error;
      const reason = cause instanceof Error ? cause.message : 'it kept returning false';
      throw new Error(`not so within ${timeoutMs} ms: ${reason}`, { cause });
    }
    await sleep(everyMs);
  }
}

async function attempt<T>(
  fn: () => T | Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  try {
    return { ok: true, value: await fn() };
  } catch (error) {
    return { ok: false, error };
  }
}
