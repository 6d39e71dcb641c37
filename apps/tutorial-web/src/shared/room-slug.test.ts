import { expect, it } from 'vitest';
import { roomSlug } from './room-slug.js';

it.each([
  ['Daily Stand-up', 'daily-stand-up'],
  ['Café №1', 'cafe-no1'],
  ['e2e-room_7', 'e2e-room_7'],
  ['...', ''],
  ['x'.repeat(70), 'x'.repeat(64)],
])('%j becomes %j', (typed, slug) => expect(roomSlug(typed)).toBe(slug));
