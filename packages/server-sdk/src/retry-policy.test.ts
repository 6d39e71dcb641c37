import { describe, expect, it } from 'vitest';
import { exponentialRetry } from './retry-policy.js';

const at = (random: number) => exponentialRetry({ random: () => random });

describe('exponentialRetry', () => {
  it('doubles the wait up to the maximum', () => {
    const policy = at(0.999_999);
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) =>
      Math.round(policy.delayMs({ attempt, elapsedMs: 0 }) ?? -1),
    );
    expect(waits).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('never waits less than half of it', () => {
    expect(at(0).delayMs({ attempt: 1, elapsedMs: 0 })).toBe(50);
  });

  it('waits at least as long as Retry-After says, and not in step with others', () => {
    expect(at(0).delayMs({ attempt: 1, elapsedMs: 0, retryAfterMs: 2000 })).toBe(2050);
    expect(at(0.5).delayMs({ attempt: 1, elapsedMs: 0, retryAfterMs: 2000 })).toBe(2075);
  });

  it('gives up when the next try would begin after the budget', () => {
    const policy = exponentialRetry({ budgetMs: 1000, random: () => 0 });
    expect(policy.delayMs({ attempt: 1, elapsedMs: 949 })).toBe(50);
    expect(policy.delayMs({ attempt: 1, elapsedMs: 950 })).toBeNull();
    expect(policy.delayMs({ attempt: 1, elapsedMs: 0, retryAfterMs: 1000 })).toBeNull();
  });
});
