import { describe, expect, it } from 'vitest';
import { RestartBackoff } from './restart-backoff.js';

describe('RestartBackoff', () => {
  it('replaces at once what had lived', () => {
    const backoff = new RestartBackoff();
    expect(backoff.delayAfter(3_600_000, 0)).toBe(0);
    expect(backoff.delayAfter(61_000, 0)).toBe(0);
  });

  it('waits longer while they keep dying young, within a bound', () => {
    const backoff = new RestartBackoff();
    const delays = Array.from({ length: 9 }, () => backoff.delayAfter(50, 0));
    expect(delays).toEqual([0, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000]);
  });

  it('waits when not even the start worked', () => {
    expect(new RestartBackoff().delayAfter(0, 0)).toBe(500);
  });

  it('starts over after one that lived', () => {
    const backoff = new RestartBackoff();
    backoff.delayAfter(50, 0);
    backoff.delayAfter(50, 0);
    backoff.delayAfter(61_000, 0);
    expect(backoff.delayAfter(50, 0)).toBe(0);
  });

  it('jitters downwards', () => {
    const backoff = new RestartBackoff();
    backoff.delayAfter(50, 0);
    expect(backoff.delayAfter(50, 1)).toBe(750);
  });
});
