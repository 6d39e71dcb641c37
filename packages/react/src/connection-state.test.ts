import { expect, it } from 'vitest';
import { type ConnectionFacts, connectionStateOf } from './connection-state.js';
import type { SessionState } from './session-controller.js';

const well: ConnectionFacts = { online: true, moving: false };
const ended = { name: 'ended', reason: 'nodeCrashed' } as const;
const failed = { name: 'failed', error: new Error('no') } as const;

it.each<[SessionState, Partial<ConnectionFacts>, object]>([
  [{ name: 'idle' }, {}, { name: 'idle' }],
  [{ name: 'connecting' }, {}, { name: 'connecting', offline: false }],
  [{ name: 'connecting' }, { online: false }, { name: 'connecting', offline: true }],
  [{ name: 'connected' }, {}, { name: 'connected' }],
  [{ name: 'reconnecting' }, {}, { name: 'reconnecting', interruption: 'socket' }],
  [{ name: 'reconnecting' }, { moving: true }, { name: 'reconnecting', interruption: 'media' }],
  [
    { name: 'reconnecting' },
    { moving: true, online: false },
    { name: 'reconnecting', interruption: 'offline' },
  ],
  [ended, { online: false }, ended],
  [failed, {}, failed],
])('%j with %j is %j', (state, facts, expected) => {
  expect(connectionStateOf(state, { ...well, ...facts })).toEqual(expected);
});
