import type { Slot } from '@evercall/cluster';
import { describe, expect, it } from 'vitest';
import { groupViews, refuseSize } from './group-view.js';

const group = { role: 'media' as const, min: 0, max: 8, desired: 2, revision: 3 };
const slot = (name: string, change: Partial<Slot>): Slot => ({
  name,
  role: 'media',
  state: 'running',
  pid: 1,
  since: 0,
  restarts: 0,
  revision: 3,
  ...change,
});

describe('groupViews', () => {
  it('counts what serves and what a rolling restart has still to exchange', () => {
    const slots = [
      slot('media-1', { revision: 2, state: 'draining' }),
      slot('media-2', { revision: 2, state: 'backoff', pid: null }),
      slot('media-3', {}),
      slot('master-1', { role: 'master' }),
    ];
    expect(groupViews([group], slots)).toEqual([
      { ...group, running: 1, outdated: 1, slots: slots.slice(0, 3) },
    ]);
  });
});

describe('refuseSize', () => {
  it.each([
    [0, false],
    [8, false],
    [9, true],
  ])('for %i media nodes of 0 to 8: %s', (desired, refused) => {
    expect(refuseSize(group, desired) !== undefined).toBe(refused);
  });
});
