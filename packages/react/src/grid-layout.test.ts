import { describe, expect, it } from 'vitest';
import { gridLayout, tilePlaces } from './grid-layout.js';

const desktop = { width: 1264, height: 600, gap: 8 };
const phone = { width: 344, height: 560, gap: 8 };

it.each([
  [desktop, 1, 1],
  [desktop, 2, 2],
  [desktop, 4, 2],
  [desktop, 9, 3],
  [phone, 1, 1],
  [phone, 2, 1],
  [phone, 4, 2],
  [phone, 6, 2],
])('%j with %i tiles has %i columns', (space, count, columns) => {
  expect(gridLayout({ ...space, count }).columns).toBe(columns);
});

it('fits into its space and keeps faces in shape, for any number', () => {
  for (const space of [desktop, phone]) {
    for (let count = 1; count <= 8; count += 1) {
      const { columns, rows, tileWidth, tileHeight } = gridLayout({ ...space, count });
      expect(columns * rows).toBeGreaterThanOrEqual(count);
      expect(columns * tileWidth + (columns - 1) * space.gap).toBeLessThanOrEqual(space.width);
      expect(rows * tileHeight + (rows - 1) * space.gap).toBeLessThanOrEqual(space.height);
      expect(tileWidth / tileHeight).toBeLessThan(1.8);
      expect(tileWidth / tileHeight).toBeGreaterThan(0.74);
    }
  }
});

it('scrolls rather than making tiles too small', () => {
  expect(gridLayout({ ...phone, count: 60 })).toEqual({
    columns: 2,
    rows: 30,
    tileWidth: 168,
    tileHeight: 168,
  });
});

it('survives a space that is not measured yet', () => {
  expect(gridLayout({ count: 3, width: 0, height: 0, gap: 8 })).toEqual({
    columns: 1,
    rows: 3,
    tileWidth: 0,
    tileHeight: 0,
  });
});

describe('tilePlaces', () => {
  it('puts a last row that is not full in the middle', () => {
    const { places, tileWidth, tileHeight } = tilePlaces({ count: 3, width: 800, height: 600, gap: 8 });
    const [first, second, third] = places;
    expect(first?.y).toBe(second?.y);
    expect(second?.x).toBe((first?.x ?? 0) + tileWidth + 8);
    expect(third).toEqual({ x: Math.floor((800 - tileWidth) / 2), y: (first?.y ?? 0) + tileHeight + 8 });
  });

  it.each([1, 2, 3, 5, 9, 30])('keeps %i tiles inside of the space, or scrolls', (count) => {
    for (const [width, height] of [
      [1280, 700],
      [344, 520],
      [580, 300],
    ] as const) {
      const { places, tileWidth, tileHeight, contentHeight } = tilePlaces({ count, width, height, gap: 8 });
      expect(places).toHaveLength(count);
      for (const { x, y } of places) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + tileWidth).toBeLessThanOrEqual(width);
        expect(y + tileHeight).toBeLessThanOrEqual(Math.max(height, contentHeight));
      }
    }
  });
});
