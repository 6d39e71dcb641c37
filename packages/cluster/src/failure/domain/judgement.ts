/**
 * Decides whether a node is dead. Lost needs two independent kinds of evidence, because each alone lies: heartbeats are
 * late when the shared state or the one who looks is slow, links close when a cable is pulled for a moment.
 */

/** What one observer knows of one node. Times are milliseconds of the observer's own monotonic clock. */
export interface Evidence {
  /** The link (or connection) to the node closed at that time and isn't up again. */
  linkClosedAt: number | undefined;
  /** The link to the node is up. */
  linkUp: boolean;
  /** The last try to open a new connection. */
  lastConnect: 'accepted' | 'refused' | 'unanswered' | undefined;
  /** Id that answered at the node's address, if it wasn't the node's own. */
  otherIncarnation: string | undefined;
  /** Milliseconds of Redis time by which its heartbeat is older than one interval; `undefined` if it can't be known now. */
  lateMs: number | undefined;
  /** For how long probes have failed without a break, one number for each observer that tells of it, own one included. */
  failingForMs: number[];
  /** Observers that live, own one included. */
  observers: number;
}

/** How sure the detector must be. */
export interface Thresholds {
  /** A heartbeat counts as late from here on, in ms. */
  lateMs: number;
  /** Probes must have failed for so long, in ms. */
  failingMs: number;
}

/** Together about two seconds from the last heartbeat of a node that is frozen. */
export const defaultThresholds: Thresholds = { lateMs: 1000, failingMs: 1400 };

/** Why a node is lost. */
export type LossCause = 'refused' | 'replaced' | 'silent';

/**
 * @returns why the node is lost; `undefined` if it isn't, or nobody can know
 */
export function judge(evidence: Evidence, thresholds: Thresholds = defaultThresholds): LossCause | undefined {
  if (evidence.otherIncarnation !== undefined) return 'replaced';
  if (evidence.linkClosedAt !== undefined && evidence.lastConnect === 'refused') return 'refused';
  // Without a heartbeat that can be judged, silence may be the observer's own.
  if (evidence.lateMs === undefined || evidence.lateMs < thresholds.lateMs) return undefined;
  // Nobody had a link to it: its silence and its closed port are two kinds of evidence as well.
  if (evidence.lastConnect === 'refused' && evidence.linkClosedAt === undefined && !evidence.linkUp) {
    return 'refused';
  }
  const witnesses = evidence.failingForMs.filter((ms) => ms >= thresholds.failingMs).length;
  return witnesses >= Math.min(2, evidence.observers) ? 'silent' : undefined;
}
