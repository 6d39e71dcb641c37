import { expect, it } from 'vitest';
import { announcements } from './announcements.js';

it('tells who came and who went', () => {
  const before = new Map([
    ['1', 'Ana'],
    ['2', 'Ben'],
  ]);
  const now = new Map([
    ['2', 'Ben'],
    ['3', 'Ben'],
  ]);
  expect(announcements(before, now)).toEqual(['Ben joined', 'Ana left']);
});

it('has nothing to tell when nothing changed', () => {
  const roster = new Map([['1', 'Ana']]);
  expect(announcements(roster, new Map(roster))).toEqual([]);
});
