/** Milliseconds before the third start of a node that doesn't stay up. */
const firstMs = 500;
/** Longest wait, in ms. */
const longestMs = 30_000;

/**
 * How long to wait before a node that died is started again. The first time not at all: most deaths are single ones, and
 * sessions wait for room. Then waits that double, each drawn between its half and its whole.
 *
 * @param crashes how often in a row it died without having run well in between, this time included
 * @param jitter a number in [0, 1)
 * @returns milliseconds
 */
export function crashDelayMs(crashes: number, jitter: number): number {
  if (crashes <= 1) return 0;
  const longest = Math.min(longestMs, firstMs * 2 ** (crashes - 2));
  return longest / 2 + (jitter * longest) / 2;
}
