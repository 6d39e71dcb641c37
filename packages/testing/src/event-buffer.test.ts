import { describe, expect, it } from 'vitest';
import { EventBuffer } from './event-buffer.js';

describe('EventBuffer', () => {
  it('returns an event that came before the wait', async () => {
    const buffer = new EventBuffer<string>();
    buffer.push('a');
    await expect(buffer.next()).resolves.toBe('a');
  });

  it('returns an event that comes during the wait', async () => {
    const buffer = new EventBuffer<string>();
    const waiting = buffer.next((event) => event === 'b');
    buffer.push('a');
    buffer.push('b');
    await expect(waiting).resolves.toBe('b');
    await expect(buffer.next()).resolves.toBe('a');
  });

  it('returns each event once, and keeps all', async () => {
    const buffer = new EventBuffer<number>();
    [1, 2, 3].forEach(buffer.push);
    expect([await buffer.next(), await buffer.next()]).toEqual([1, 2]);
    expect(buffer.all()).toEqual([1, 2, 3]);
  });

  it('says what came instead when the wait is over', async () => {
    const buffer = new EventBuffer<{ type: string }>();
    buffer.push({ type: 'joined' });
    await expect(buffer.next((event) => event.type === 'left', { timeoutMs: 5 })).rejects.toThrow(
      /within 5 ms.*"joined"/s,
    );
  });
});
