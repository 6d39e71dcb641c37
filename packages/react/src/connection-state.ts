import type { SessionState } from './session-controller.js';

/** What is interrupted. */
export type Interruption =
  /** The way to the master. Picture and sound go on. */
  | 'socket'
  /** Picture and sound: they are taken to another media node. Chat and mute go on. */
  | 'media'
  /** The browser has no network. */
  | 'offline';

/** Where the connection stands, in the words that a page shows. */
export type UseConnectionState =
  | { name: 'idle' }
  | { name: 'connecting'; offline: boolean }
  | { name: 'connected' }
  /** The platform repairs it; there is nothing to do but to say so. */
  | { name: 'reconnecting'; interruption: Interruption }
  /** Over. `nodeCrashed` and `networkDisconnect` are reasons to `connect()` again after. */
  | Extract<SessionState, { name: 'ended' }>
  | Extract<SessionState, { name: 'failed' }>;

/** What the state depends on beside the session's own. */
export interface ConnectionFacts {
  online: boolean;
  /** The SDK repairs media rather than signalling. */
  moving: boolean;
}

/** Tells the kinds of interruption apart. */
export function connectionStateOf(
  state: SessionState,
  { online, moving }: ConnectionFacts,
): UseConnectionState {
  switch (state.name) {
    case 'connecting':
      return { name: 'connecting', offline: !online };
    case 'reconnecting':
      if (!online) return { name: 'reconnecting', interruption: 'offline' };
      return { name: 'reconnecting', interruption: moving ? 'media' : 'socket' };
    case 'idle':
    case 'connected':
    case 'ended':
    case 'failed':
      return state;
  }
}
