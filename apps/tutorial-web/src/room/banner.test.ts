import { expect, it } from 'vitest';
import type { CallState } from '../call/call-state.js';
import { bannerOf } from './banner.js';

const rejoining = { name: 'rejoining', attempt: 1, offline: false } as const;
const states: [CallState, string | undefined][] = [
  [{ name: 'connecting', failures: 0, offline: false }, 'connecting'],
  [{ name: 'connecting', failures: 2, offline: false }, 'waiting'],
  [{ name: 'connecting', failures: 2, offline: true }, 'offline'],
  [{ name: 'connected' }, undefined],
  [{ name: 'reconnecting', moving: false, offline: false }, 'reconnecting'],
  [{ name: 'reconnecting', moving: true, offline: false }, 'moving'],
  [{ name: 'reconnecting', moving: false, offline: true }, 'offline'],
  [{ ...rejoining, cause: 'nodeCrashed' }, 'rebuilding'],
  [{ ...rejoining, cause: 'networkDisconnect' }, 'rejoining'],
  [{ ...rejoining, cause: 'networkDisconnect', offline: true }, 'offline'],
  [{ name: 'gaveUp', cause: 'nodeCrashed' }, 'gaveUp'],
  [{ name: 'ended', reason: 'disconnect' }, undefined],
  [{ name: 'failed', error: new Error('no') }, undefined],
];

it.each(states)('%j shows %s', (state, kind) => {
  expect(bannerOf(state)?.kind).toBe(kind);
});
