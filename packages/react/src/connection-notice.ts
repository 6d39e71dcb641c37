import type { UseConnectionState } from './connection-state.js';
import type { ConnectionMessages } from './messages.js';

/** What a page says about its connection. The last three come from an application that joins again by itself. */
export type ConnectionNotice =
  | { kind: 'connecting' }
  /** Nobody answered so many times. */
  | { kind: 'waiting'; failures: number }
  | { kind: 'reconnecting' }
  | { kind: 'moving' }
  | { kind: 'offline' }
  /** After `nodeCrashed`; `attempt` counts from 1. */
  | { kind: 'rebuilding'; attempt: number }
  /** After `networkDisconnect`; `attempt` counts from 1. */
  | { kind: 'rejoining'; attempt: number }
  | { kind: 'gaveUp' };

/** What to say about a state; `undefined` while all is well, and when it is over. */
export function connectionNotice(state: UseConnectionState): ConnectionNotice | undefined {
  switch (state.name) {
    case 'connecting':
      return { kind: state.offline ? 'offline' : 'connecting' };
    case 'reconnecting':
      if (state.interruption === 'offline') return { kind: 'offline' };
      return { kind: state.interruption === 'media' ? 'moving' : 'reconnecting' };
    case 'idle':
    case 'connected':
    case 'ended':
    case 'failed':
      return undefined;
  }
}

/** A notice in words. */
export function noticeText(notice: ConnectionNotice, messages: ConnectionMessages): string {
  switch (notice.kind) {
    case 'waiting':
      return messages.waiting(notice.failures);
    case 'rebuilding':
    case 'rejoining':
      return messages[notice.kind](notice.attempt);
    case 'connecting':
    case 'reconnecting':
    case 'moving':
    case 'offline':
    case 'gaveUp':
      return messages[notice.kind];
  }
}
