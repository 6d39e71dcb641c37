import { describe, expect, it } from 'vitest';
import { farewellTime, groupSize } from './farewell.js';

describe('farewellTime', () => {
  it.each([
    [2, 30_000, 500],
    [100, 30_000, 2000],
    [5000, 30_000, 10_000],
    [5000, 4000, 2000],
    [10, -5, 0],
  ])('%d clients with %d ms left are told within %d ms', (clients, leftMs, ms) => {
    expect(farewellTime(clients, leftMs)).toBe(ms);
  });
});

describe('groupSize', () => {
  it.each([
    ['a tenth when a tenth of the time goes by', 100, 1000, 10],
    ['at least one', 1, 10_000, 1],
    ['all when the time is up', 37, 0, 37],
    ['nobody when nobody is left', 0, 1000, 0],
  ])('%s', (_, waiting, leftMs, size) => {
    expect(groupSize(waiting, leftMs, 100)).toBe(size);
  });

  it('has told everybody by the end, in groups of one size', () => {
    let waiting = 500;
    const groups: number[] = [];
    for (let leftMs = 10_000; leftMs > 0; leftMs -= 100) {
      const size = groupSize(waiting, leftMs, 100);
      groups.push(size);
      waiting -= size;
    }
    expect(waiting).toBe(0);
    expect(Math.max(...groups)).toBe(5);
  });
});
