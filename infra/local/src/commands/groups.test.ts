import { expect, it, describe as suite } from 'vitest';
import type { Group } from '../cluster/cluster-api.ts';
import { describe, isSettled } from './groups.ts';

const slot = (name: string, state: Group['slots'][number]['state'] = 'running') => ({
  name,
  state,
  role: 'media' as const,
  pid: 1,
  since: 0,
  restarts: 0,
  revision: 0,
});
const group: Group = {
  role: 'media',
  desired: 2,
  running: 2,
  outdated: 0,
  slots: [slot('media-1'), slot('media-2')],
};

suite('a group of nodes', () => {
  it.each([
    ['has its size', {}, true],
    ['is too small', { running: 1 }, false],
    ['has nodes to exchange', { outdated: 1 }, false],
    ['has a node that leaves', { slots: [...group.slots, slot('media-3', 'draining')] }, false],
  ])('that %s', (_what, change, settled) => {
    expect(isSettled({ ...group, ...change })).toBe(settled);
  });

  it('is described in a few words', () => {
    expect(describe([{ ...group, running: 1, slots: [slot('media-1'), slot('media-2', 'backoff')] }])).toBe(
      '1 of 2 media nodes run, media-2 backoff',
    );
  });
});
