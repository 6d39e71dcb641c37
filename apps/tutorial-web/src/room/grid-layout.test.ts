import { expect, it } from 'vitest';
import { gridLayout } from './grid-layout.js';

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
      const { columns, tileWidth, tileHeight } = gridLayout({ ...space, count });
      const rows = Math.ceil(count / columns);
      expect(columns * tileWidth + (columns - 1) * space.gap).toBeLessThanOrEqual(space.width);
      expect(rows * tileHeight + (rows - 1) * space.gap).toBeLessThanOrEqual(space.height);
      expect(tileWidth / tileHeight).toBeLessThan(1.8);
      expect(tileWidth / tileHeight).toBeGreaterThan(0.74);
    }
  }
});

it('scrolls rather than making tiles too small', () => {
  expect(gridLayout({ ...phone, count: 60 })).toEqual({ columns: 2, tileWidth: 168, tileHeight: 168 });
});

it('survives a space that is not measured yet', () => {
  expect(gridLayout({ count: 3, width: 0, height: 0, gap: 8 }).columns).toBe(1);
});
