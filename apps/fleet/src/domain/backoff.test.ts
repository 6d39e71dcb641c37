import { describe, expect, it } from 'vitest';
import { crashDelayMs } from './backoff.js';

describe('crashDelayMs', () => {
  it.each([
    [1, 0, 0],
    [2, 250, 500],
    [3, 500, 1000],
    [8, 15_000, 30_000],
    [500, 15_000, 30_000],
  ])('waits after death %i in a row between %i and %i ms', (crashes, least, most) => {
    expect(crashDelayMs(crashes, 0)).toBe(least);
    expect(crashDelayMs(crashes, 1)).toBe(most);
  });
});
