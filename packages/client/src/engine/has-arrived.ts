/** Milliseconds in which something is decoded once its transport carries media, or nothing is sent at the moment. */
const patienceMs = 1000;

/** What is seen of a track that is to take another one's place. */
export interface Arriving {
  /** Something of it was decoded. */
  played: boolean;
  /** Something should come: its publisher sends it and it is subscribed to. */
  expected: boolean;
  /** How long its transport has carried media, in milliseconds; `undefined` if it doesn't yet. */
  connectedForMs: number | undefined;
}

/** Whether a new track can take the place of the old one without a picture or a word being missed. */
export function hasArrived({ played, expected, connectedForMs }: Arriving): boolean {
  if (played) return true;
  if (connectedForMs === undefined) return false;
  return !expected || connectedForMs >= patienceMs;
}
