import { describe, expect, it } from 'vitest';
import { type HeardOrder, OwnDrain } from './own-drain.js';

const move: HeardOrder = { strategy: 'move', leftMs: 1000 };
const busy = { now: 0, work: 2, others: 1 };

function ordered(order: HeardOrder): OwnDrain {
  const drain = new OwnDrain();
  drain.heard(order, 0);
  return drain;
}

describe('a node that was ordered to leave', () => {
  it.each([
    ['stays while others take its work', move, {}, undefined],
    ['leaves when it has none', move, { work: 0 }, 'nothing left to do'],
    ['leaves when its time is up', move, { now: 1000 }, 'time is up'],
    ['leaves when nobody could take its work', move, { others: 0 }, 'nobody could take its work'],
    ['stays while it can not be known who there is', move, { others: undefined }, undefined],
    ['leaves at once', { ...move, strategy: 'now' }, {}, 'ordered to leave at once'],
    ['waits for its sessions to end', { ...move, strategy: 'when-no-sessions' }, { others: 0 }, undefined],
    ['and leaves then', { ...move, strategy: 'when-no-sessions' }, { work: 0 }, 'nothing left to do'],
    ['or when its time is up', { ...move, strategy: 'when-no-sessions' }, { now: 1000 }, 'time is up'],
  ] as const)('%s', (_, order, sight, reason) => {
    expect(ordered(order).leaves({ ...busy, ...sight })).toBe(reason);
  });

  it.each([
    ['move', 'terminating'],
    ['now', 'terminating'],
    ['when-no-sessions', 'waiting-idle-to-terminate'],
  ] as const)('is, with strategy %s, %s', (strategy, state) => {
    expect(ordered({ strategy, leftMs: 1000 }).state).toBe(state);
  });

  it('runs on when the order is taken back', () => {
    const drain = ordered(move);
    drain.heard(undefined, 10);
    expect(drain.state).toBe('running');
    expect(drain.leaves({ ...busy, work: 0 })).toBeUndefined();
  });
});

describe('a node whose process was asked to end', () => {
  it('hands its work over, whatever orders are taken back', () => {
    const drain = new OwnDrain();
    drain.signalled(0, 1000);
    drain.heard(undefined, 10);
    expect(drain.current).toEqual({ strategy: 'move', deadlineAt: 1000, by: 'signal' });
    expect(drain.leaves(busy)).toBeUndefined();
    expect(drain.leaves({ ...busy, now: 1000 })).toBe('time is up');
  });

  it('leaves at once when it is asked again', () => {
    const drain = new OwnDrain();
    drain.signalled(0, 1000);
    drain.signalled(5, 1000);
    expect(drain.leaves(busy)).toBe('asked to leave at once');
  });

  it.each([
    ['now', 9000, 'order'],
    ['move', 500, 'order'],
    ['when-no-sessions', 9000, 'signal'],
  ] as const)('follows the more urgent wish: %s within %d ms → the %s', (strategy, leftMs, by) => {
    const drain = ordered({ strategy, leftMs });
    drain.signalled(0, 1000);
    expect(drain.current?.by).toBe(by);
  });

  it('stays as long as nothing was asked', () => {
    expect(new OwnDrain().leaves({ now: 1e15, work: 0, others: 0 })).toBeUndefined();
  });
});
