/** Milliseconds for each client that is told to go: so many others then have a socket more at a time. */
const perClientMs = 20;
/** Shortest and longest time over which a master sends its clients away, in ms. */
const shortestMs = 500;
const longestMs = 10_000;

/** Over how long a master tells its clients to go, in ms. @param leftMs milliseconds until it must have left */
export function farewellTime(clients: number, leftMs: number): number {
  const wanted = Math.min(longestMs, Math.max(shortestMs, clients * perClientMs));
  // Half of the time is theirs: to resume, and to be told again if they didn't hear.
  return Math.max(0, Math.min(wanted, leftMs / 2));
}

/**
 * How many of the clients that are still to be told are told now, so that all are by the end.
 *
 * @param leftMs milliseconds until all must have been told
 * @param everyMs milliseconds between two groups
 */
export function groupSize(waiting: number, leftMs: number, everyMs: number): number {
  return Math.ceil((waiting * everyMs) / Math.max(everyMs, leftMs));
}
