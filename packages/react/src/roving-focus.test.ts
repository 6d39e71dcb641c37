import { expect, it } from 'vitest';
import { nextPlace } from './roving-focus.js';

it.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 4, undefined],
  ['ArrowLeft', 0, undefined],
  ['ArrowDown', 1, 3],
  ['ArrowDown', 3, undefined],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, undefined],
  ['Home', 3, 0],
  ['End', 1, 4],
  ['End', 4, undefined],
  ['Enter', 1, undefined],
])('%s leads from %i to %s, of five in two columns', (key, at, to) => {
  expect(nextPlace(key, { at, count: 5, columns: 2 })).toBe(to);
});
