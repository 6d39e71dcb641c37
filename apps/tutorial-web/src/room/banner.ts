import type { ConnectionNotice } from '@evercall/react';
import type { CallState } from '../call/call-state.js';

/** What the banner over the stage says; `undefined` while all is well, or over. */
export function bannerOf(state: CallState): ConnectionNotice | undefined {
  switch (state.name) {
    case 'connecting':
      if (state.offline) return { kind: 'offline' };
      return state.failures > 0 ? { kind: 'waiting', failures: state.failures } : { kind: 'connecting' };
    case 'reconnecting':
      if (state.offline) return { kind: 'offline' };
      return state.moving ? { kind: 'moving' } : { kind: 'reconnecting' };
    case 'rejoining':
      if (state.offline) return { kind: 'offline' };
      return { kind: state.cause === 'nodeCrashed' ? 'rebuilding' : 'rejoining', attempt: state.attempt };
    case 'gaveUp':
      return { kind: 'gaveUp' };
    case 'connected':
    case 'ended':
    case 'failed':
      return undefined;
  }
}
