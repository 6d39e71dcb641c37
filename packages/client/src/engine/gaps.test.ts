import { expect, it } from 'vitest';
import { Gaps } from './gaps.js';

it('tells the longest gap of each kind, rounded to milliseconds', () => {
  const gaps = new Gaps();
  gaps.add('audio', 1000, 1210.4);
  gaps.add('audio', 1000, 1100);
  gaps.add('video', 1000, 1333);
  expect(gaps.longest).toEqual({ audioMs: 210, videoMs: 333 });
});

it('tells nothing of what nobody heard or saw', () => {
  const gaps = new Gaps();
  gaps.add('audio', undefined, 1210);
  gaps.add('video', 1000, undefined);
  expect(gaps.longest).toEqual({});
});

it('counts two tracks that overlap as no gap', () => {
  const gaps = new Gaps();
  gaps.add('video', 1000, 990);
  expect(gaps.longest).toEqual({ videoMs: 0 });
});
