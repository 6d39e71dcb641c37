import { expect, it } from 'vitest';
import { keepEqual, shallowEqual } from './same.js';

const idOf = ({ id }: { id: string }) => id;

it('compares one level deep', () => {
  expect(shallowEqual({ a: 1, b: idOf }, { a: 1, b: idOf })).toBe(true);
  expect(shallowEqual({ a: 1 }, { a: 2 })).toBe(false);
  expect(shallowEqual<object>({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(shallowEqual({ a: [1] }, { a: [1] })).toBe(false);
});

it('keeps the list if all is the same, and each object that is', () => {
  const before = [
    { id: '1', muted: false },
    { id: '2', muted: false },
  ];
  expect(keepEqual(before, structuredClone(before), idOf)).toBe(before);
  const changed = keepEqual(before, [{ id: '1', muted: true }, structuredClone(before[1]!)], idOf);
  expect(changed[0]).toEqual({ id: '1', muted: true });
  expect(changed[1]).toBe(before[1]);
});

it('is another list when somebody comes, goes or changes places', () => {
  const before = [{ id: '1' }, { id: '2' }];
  const swapped = keepEqual(before, [{ id: '2' }, { id: '1' }], idOf);
  expect(swapped).toEqual([{ id: '2' }, { id: '1' }]);
  expect(swapped[0]).toBe(before[1]);
  expect(keepEqual(before, [{ id: '1' }], idOf)).toEqual([{ id: '1' }]);
});
