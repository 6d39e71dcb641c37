import type { LogEntry } from '@evercall/cluster';
import { describe, expect, it } from 'vitest';
import { FeedOrder } from './feed-order.js';

const entry = (sequence: number, epoch = 1): LogEntry => ({
  position: { epoch, sequence },
  at: 0,
  audience: { to: 'all' },
  event: { type: 'signal', signalType: 'signal', data: String(sequence) },
});
const sequences = (entries: LogEntry[]) => entries.map(({ position }) => position.sequence);

describe('FeedOrder', () => {
  it('gives events once and in order, however they come', () => {
    const order = new FeedOrder({ epoch: 1, sequence: 4 });
    expect(sequences(order.take([entry(5)]))).toEqual([5]);
    expect(sequences(order.take([entry(5), entry(4)]))).toEqual([]);
    expect(sequences(order.take([entry(7), entry(6)]))).toEqual([6, 7]);
  });

  it('holds back what follows a hole until it is filled', () => {
    const order = new FeedOrder({ epoch: 1, sequence: 0 });
    expect(sequences(order.take([entry(3)]))).toEqual([]);
    expect(order.hasHole).toBe(true);
    expect(sequences(order.take([entry(1), entry(2)]))).toEqual([1, 2, 3]);
    expect(order.hasHole).toBe(false);
  });

  it('ignores events of an earlier epoch', () => {
    const order = new FeedOrder({ epoch: 2, sequence: 0 });
    expect(order.take([entry(1, 1)])).toEqual([]);
  });

  it('goes on after what the log has lost', () => {
    const order = new FeedOrder({ epoch: 1, sequence: 0 });
    order.take([entry(9)]);
    order.jump({ epoch: 1, sequence: 8 });
    expect(sequences(order.take([]))).toEqual([9]);
  });

  it('follows the log across epochs, and holds what came of the next one meanwhile', () => {
    const order = new FeedOrder({ epoch: 1, sequence: 4 });
    expect(sequences(order.take([entry(7, 2)]))).toEqual([]);
    expect(order.hasHole).toBe(true);
    expect(sequences(order.follow([entry(5, 1), entry(6, 2)], { epoch: 2, sequence: 6 }))).toEqual([5, 6, 7]);
    expect(order.last).toEqual({ epoch: 2, sequence: 7 });
  });

  it('takes the next epoch over without an event', () => {
    const order = new FeedOrder({ epoch: 1, sequence: 4 });
    expect(order.follow([], { epoch: 2, sequence: 4 })).toEqual([]);
    expect(sequences(order.take([entry(5, 2)]))).toEqual([5]);
  });
});
