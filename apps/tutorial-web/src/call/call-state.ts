import type { SessionState } from '@evercall/react';
import type { Rejoin } from './rejoin-policy.js';

/** Why a meeting that had been joined is joined again. */
export type BreakCause = 'nodeCrashed' | 'networkDisconnect';

/** What the room shows. */
export type CallState =
  /** `failures`: how often nobody answered. */
  | { name: 'connecting'; failures: number; offline: boolean }
  | { name: 'connected' }
  /** The SDK repairs it: `moving` when the media is taken to another media node. */
  | { name: 'reconnecting'; moving: boolean; offline: boolean }
  /** This application repairs it. */
  | { name: 'rejoining'; cause: BreakCause; attempt: number; offline: boolean }
  /** It could not be repaired so far; the user may have it tried again. */
  | { name: 'gaveUp'; cause: BreakCause }
  | { name: 'ended'; reason: Extract<SessionState, { name: 'ended' }>['reason'] }
  | { name: 'failed'; error: Error };

/** What is remembered of a stay in a room, from one session to the next. */
export interface CallProgress {
  /** The state that was looked at last. */
  seen: SessionState;
  /** Why the meeting has to be joined again; absent before it was joined for the first time. */
  cause: BreakCause | undefined;
  /** How often joining was tried again since it last ran well. */
  rejoins: number;
}

export const beginning: CallProgress = { seen: { name: 'idle' }, cause: undefined, rejoins: 0 };

/** Takes a new state of the session in. */
export function observe(progress: CallProgress, state: SessionState): CallProgress {
  return {
    ...progress,
    seen: state,
    cause: state.name === 'connected' ? undefined : (breakOf(state) ?? progress.cause),
  };
}

/** Why a session ended, if nobody meant it to. */
export function breakOf(state: SessionState): BreakCause | undefined {
  if (state.name !== 'ended') return undefined;
  const { reason } = state;
  return reason === 'nodeCrashed' || reason === 'networkDisconnect' ? reason : undefined;
}

/** What the state depends on beside the session's own. */
export interface CallFacts {
  progress: CallProgress;
  rejoin: Rejoin;
  online: boolean;
  /** How often the backend didn't answer while it was asked for a token. */
  failures: number;
  /** Whether the SDK repairs media rather than signalling. */
  moving: boolean;
}

/** What to show. The end of a meeting that goes on by itself is never shown as one. */
export function callState(state: SessionState, facts: CallFacts): CallState {
  const { progress, rejoin, moving } = facts;
  const { cause, rejoins } = progress;
  const offline = !facts.online;
  if (rejoin.do === 'giveUp' && cause !== undefined) return { name: 'gaveUp', cause };
  const goesOn = rejoin.do === 'join' || rejoin.do === 'wait';
  if (goesOn || state.name === 'idle' || state.name === 'connecting') {
    return cause === undefined
      ? { name: 'connecting', failures: rejoins + facts.failures, offline }
      : { name: 'rejoining', cause, attempt: goesOn ? rejoins + 1 : Math.max(rejoins, 1), offline };
  }
  if (state.name === 'reconnecting') return { name: 'reconnecting', moving, offline };
  return state;
}
