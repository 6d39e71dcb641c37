import { describe, expect, it } from 'vitest';
import { BackoffPolicy } from './reconnect-policy.js';

describe('BackoffPolicy', () => {
  it.each([
    { attempt: 0, shortest: 0, longest: 0 },
    { attempt: 1, shortest: 50, longest: 100 },
    { attempt: 2, shortest: 100, longest: 200 },
    { attempt: 5, shortest: 800, longest: 1600 },
    { attempt: 6, shortest: 1000, longest: 2000 },
    { attempt: 60, shortest: 1000, longest: 2000 },
  ])('waits $shortest to $longest ms before attempt $attempt', ({ attempt, shortest, longest }) => {
    expect(new BackoffPolicy(20_000, () => 0).nextDelayMs(attempt, 0)).toBe(longest);
    expect(new BackoffPolicy(20_000, () => 1).nextDelayMs(attempt, 0)).toBe(shortest);
  });

  it('gives up when its time is over, and not before', () => {
    const policy = new BackoffPolicy(20_000, () => 0);
    expect(policy.nextDelayMs(9, 19_999)).toBe(2000);
    expect(policy.nextDelayMs(9, 20_000)).toBeNull();
  });
});
