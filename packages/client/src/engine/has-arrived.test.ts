import { expect, it } from 'vitest';
import { type Arriving, hasArrived } from './has-arrived.js';

const base: Arriving = { played: false, expected: true, connectedForMs: undefined };

it.each<[string, boolean, Partial<Arriving>]>([
  ['something was decoded', true, { played: true }],
  ['nothing yet, not even a connection', false, {}],
  ['nothing yet, just connected', false, { connectedForMs: 0 }],
  ['nothing for a second: nothing is sent', true, { connectedForMs: 1000 }],
  ['muted, connected: nothing can come', true, { expected: false, connectedForMs: 0 }],
  ['muted, not connected: the old one is as good', false, { expected: false }],
])('%s: %s', (_, arrived, seen) => {
  expect(hasArrived({ ...base, ...seen })).toBe(arrived);
});
