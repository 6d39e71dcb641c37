import type { SessionState } from '@evercall/react';
import { BackendError } from '../backend/backend-error.js';

/** How often a lost meeting is joined again before somebody is asked. */
const rejoinLimit = 6;
/** Milliseconds before each of them; the first at once, as the others do the same on a healthy server. */
const rejoinDelaysMs = [0, 400, 1_000, 2_000, 4_000, 8_000];

/** What the room shows. */
export type CallState =
  | { name: 'connecting' }
  | { name: 'connected' }
  | { name: 'reconnecting' }
  | { name: 'rejoining'; attempt: number }
  | { name: 'ended'; reason: Extract<SessionState, { name: 'ended' }>['reason'] }
  | { name: 'failed'; error: Error };

/**
 * Milliseconds after which to join again with a fresh token, or `null` to leave it to the user.
 *
 * Joined again are meetings that ended because something broke (beyond the platform's own repair), and failed tries to
 * do so. A first join that fails is told instead: the cause is likely to stay.
 *
 * @param rejoins how often that was done since the meeting last ran well
 */
export function rejoinDelay(state: SessionState, rejoins: number, random: () => number): number | null {
  const broken =
    state.name === 'ended' && (state.reason === 'nodeCrashed' || state.reason === 'networkDisconnect');
  const failedAgain = state.name === 'failed' && rejoins > 0 && !isRefusal(state.error);
  if ((!broken && !failedAgain) || rejoins >= rejoinLimit) return null;
  const longest = rejoinDelaysMs[rejoins] ?? 0;
  return longest / 2 + (random() * longest) / 2;
}

/** What to show of a session that is joined again by itself. */
export function callState(state: SessionState, rejoins: number, willRejoin: boolean): CallState {
  if (willRejoin) return { name: 'rejoining', attempt: rejoins + 1 };
  switch (state.name) {
    case 'idle':
    case 'connecting':
      return rejoins > 0 ? { name: 'rejoining', attempt: rejoins } : { name: 'connecting' };
    case 'connected':
    case 'reconnecting':
    case 'ended':
    case 'failed':
      return state;
  }
}

/** The backend said no, which it will say again. */
function isRefusal(error: Error): boolean {
  const cause = error instanceof BackendError ? error : error.cause;
  return cause instanceof BackendError && cause.status >= 400 && cause.status < 500;
}
