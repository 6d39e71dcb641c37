import type { SessionState } from '@evercall/react';
import { expect, it } from 'vitest';
import { beginning, type CallFacts, callState, observe } from './call-state.js';
import { decideRejoin } from './rejoin-policy.js';

const crashed = { name: 'ended', reason: 'nodeCrashed' } as const;
const cutOff = { name: 'ended', reason: 'networkDisconnect' } as const;
const failed = { name: 'failed', error: new Error('away') } as const;

/** What is shown after the session went through these states. */
function shown(states: SessionState[], facts: Partial<CallFacts> & { rejoins?: number } = {}) {
  const { rejoins = 0, online = true, ...rest } = facts;
  const progress = { ...states.reduce(observe, beginning), rejoins };
  const state = states.at(-1) ?? beginning.seen;
  const rejoin = decideRejoin(state, { rejoins, online }, () => 0);
  return callState(state, { progress, rejoin, online, failures: 0, moving: false, ...rest });
}

it('is connecting until it is connected, and tells how often nobody answered', () => {
  expect(shown([])).toEqual({ name: 'connecting', failures: 0, offline: false });
  expect(shown([{ name: 'connecting' }], { failures: 2 })).toMatchObject({ failures: 2 });
  expect(shown([failed])).toMatchObject({ name: 'connecting' });
  expect(shown([failed, { name: 'connecting' }], { rejoins: 1, failures: 1 })).toMatchObject({ failures: 2 });
  expect(shown([{ name: 'connecting' }, { name: 'connected' }])).toEqual({ name: 'connected' });
});

it('shows no end while it joins again, and why it does', () => {
  const rebuilding = { name: 'rejoining', cause: 'nodeCrashed', attempt: 1, offline: false };
  expect(shown([{ name: 'connected' }, crashed])).toEqual(rebuilding);
  expect(shown([crashed, { name: 'connecting' }], { rejoins: 1 })).toEqual(rebuilding);
  expect(shown([crashed, { name: 'connecting' }, failed], { rejoins: 1 })).toEqual({
    ...rebuilding,
    attempt: 2,
  });
  expect(shown([cutOff])).toMatchObject({ name: 'rejoining', cause: 'networkDisconnect' });
  expect(shown([crashed, { name: 'connecting' }, { name: 'connected' }])).toEqual({ name: 'connected' });
});

it('waits without a network, whatever it was about to do', () => {
  expect(shown([cutOff], { online: false })).toMatchObject({ name: 'rejoining', offline: true });
  expect(shown([{ name: 'reconnecting' }], { online: false })).toMatchObject({ offline: true });
  expect(shown([{ name: 'connecting' }], { online: false })).toMatchObject({ offline: true });
});

it('tells a move from a lost connection', () => {
  expect(shown([{ name: 'reconnecting' }], { moving: true })).toMatchObject({ moving: true });
  expect(shown([{ name: 'reconnecting' }])).toMatchObject({ name: 'reconnecting', moving: false });
});

it('gives up a meeting that was joined in its place, and one that never was on a page of its own', () => {
  expect(shown([crashed, failed], { rejoins: 6 })).toEqual({ name: 'gaveUp', cause: 'nodeCrashed' });
  expect(shown([failed], { rejoins: 6 })).toBe(failed);
});

it('shows the end when somebody meant it', () => {
  const left = { name: 'ended', reason: 'disconnect' } as const;
  expect(shown([{ name: 'connected' }, left])).toBe(left);
});
