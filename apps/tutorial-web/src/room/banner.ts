import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';

/** What the banner over the stage says. */
export interface Banner {
  kind:
    | 'connecting'
    | 'waiting'
    | 'reconnecting'
    | 'moving'
    | 'rebuilding'
    | 'rejoining'
    | 'offline'
    | 'gaveUp';
  text: string;
}

const { banner } = messages.room;

/** The banner of a state; `undefined` while all is well, or over. */
export function bannerOf(state: CallState): Banner | undefined {
  switch (state.name) {
    case 'connecting':
      if (state.offline) return { kind: 'offline', text: banner.offline };
      return state.failures > 0
        ? { kind: 'waiting', text: banner.waiting(state.failures) }
        : { kind: 'connecting', text: banner.connecting };
    case 'reconnecting':
      if (state.offline) return { kind: 'offline', text: banner.offline };
      return state.moving
        ? { kind: 'moving', text: banner.moving }
        : { kind: 'reconnecting', text: banner.reconnecting };
    case 'rejoining':
      if (state.offline) return { kind: 'offline', text: banner.offline };
      return state.cause === 'nodeCrashed'
        ? { kind: 'rebuilding', text: banner.rebuilding(state.attempt) }
        : { kind: 'rejoining', text: banner.rejoining(state.attempt) };
    case 'gaveUp':
      return { kind: 'gaveUp', text: banner.gaveUp };
    case 'connected':
    case 'ended':
    case 'failed':
      return undefined;
  }
}
