import { describe, expect, it } from 'vitest';
import { TurnQueue } from './turn-queue.js';

describe('TurnQueue', () => {
  it('lets so many go at once, and the next when one is done', () => {
    const queue = new TurnQueue<string>(2);
    expect(['a', 'b', 'c'].map((ticket) => queue.enter(ticket, 'resume'))).toEqual(['a', 'b', undefined]);
    expect(queue.waiting).toBe(1);
    expect(queue.leave()).toBe('c');
    expect(queue.leave()).toBeUndefined();
  });

  it('lets the most urgent go first, and of these the one who has waited longest', () => {
    const queue = new TurnQueue<string>(1);
    queue.enter('first', 'join');
    queue.enter('new', 'join');
    queue.enter('back 1', 'resume');
    queue.enter('moved', 'moved');
    queue.enter('back 2', 'resume');
    expect(Array.from({ length: 5 }, () => queue.leave())).toEqual([
      'moved',
      'back 1',
      'back 2',
      'new',
      undefined,
    ]);
  });

  it('is idle when everybody is done', () => {
    const queue = new TurnQueue<string>(1);
    expect(queue.isIdle).toBe(true);
    queue.enter('a', 'join');
    expect(queue.isIdle).toBe(false);
    queue.leave();
    expect(queue.isIdle).toBe(true);
  });
});
