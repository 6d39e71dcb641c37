import type { SessionState } from '@evercall/react';
import { breakOf } from './call-state.js';
import { isRefusal } from './failure-kind.js';

/** How often joining is tried again before somebody is asked. */
const limit = 6;
/** Milliseconds before each of them; the first at once, as the others do the same on a healthy server. */
const delaysMs = [0, 400, 1_000, 2_000, 4_000, 8_000];

/** What is done about a session that broke or couldn't be joined. */
export type Rejoin =
  /** It runs, or was ended by somebody who meant it. */
  | { do: 'nothing' }
  /** Join with a fresh token, so many milliseconds from now. */
  | { do: 'join'; afterMs: number }
  /** There is no network: go on when there is. */
  | { do: 'wait' }
  /** Enough: ask the user. */
  | { do: 'giveUp' };

/** What the decision depends on beside the session. */
export interface Situation {
  /** How often joining was tried again since it last ran well. */
  rejoins: number;
  /** Whether the browser has a network. */
  online: boolean;
}

/**
 * Decides whether to join again. The delays are drawn at random, as everybody in the room lost the same server at the same
 * moment.
 */
export function decideRejoin(state: SessionState, situation: Situation, random: () => number): Rejoin {
  if (!isBroken(state)) return { do: 'nothing' };
  if (!situation.online) return { do: 'wait' };
  if (situation.rejoins >= limit) return { do: 'giveUp' };
  const longest = delaysMs[situation.rejoins] ?? 0;
  return { do: 'join', afterMs: longest / 2 + (random() * longest) / 2 };
}

/** Ended by a fault beyond the platform's own repair, or not joined for a reason that may pass. */
function isBroken(state: SessionState): boolean {
  return breakOf(state) !== undefined || (state.name === 'failed' && !isRefusal(state.error));
}
