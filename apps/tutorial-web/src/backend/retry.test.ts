import { expect, it } from 'vitest';
import { retryDelay } from './retry.js';

const half = () => 0.5;

it.each([0, 502, 503, 504])('asks again after %i', (status) => {
  expect(retryDelay({ attempt: 1, elapsedMs: 0, status }, half)).toBe(112.5);
});

it.each([400, 401, 403, 404, 409, 429, 500])('gives up after %i', (status) => {
  expect(retryDelay({ attempt: 1, elapsedMs: 0, status }, half)).toBeNull();
});

it('waits longer each time, up to two seconds, and as long as it is asked to', () => {
  const delays = [2, 3, 4, 5, 6].map((attempt) =>
    retryDelay({ attempt, elapsedMs: 0, status: 503 }, () => 0),
  );
  expect(delays).toEqual([150, 300, 600, 1000, 1000]);
  expect(retryDelay({ attempt: 1, elapsedMs: 0, status: 503, retryAfterMs: 1000 }, () => 0)).toBe(1075);
});

it('stops at the end of its budget', () => {
  expect(retryDelay({ attempt: 1, elapsedMs: 19_950, status: 503 }, half)).toBeNull();
});
