/** Lengths in CSS pixels. */
export interface GridInput {
  count: number;
  width: number;
  height: number;
  gap: number;
}

export interface GridLayout {
  columns: number;
  tileWidth: number;
  tileHeight: number;
}

/** A tile is never wider or narrower than this (width / height): faces would be cut off. */
const widest = 16 / 9;
const narrowest = { landscape: 4 / 3, portrait: 3 / 4 };
/** Tiles don't get smaller than this; the grid scrolls instead. */
const leastWidth = 120;

/** The number of columns that gives the largest tiles. */
export function gridLayout({ count, width, height, gap }: GridInput): GridLayout {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) =>
    withColumns(index + 1, { count, width, height, gap }),
  );
  const best = candidates.reduce((best, candidate) => (area(candidate) > area(best) ? candidate : best));
  return best.tileWidth >= leastWidth ? best : scrolling({ count, width, height, gap });
}

function withColumns(columns: number, { count, width, height, gap }: GridInput): GridLayout {
  const rows = Math.ceil(Math.max(1, count) / columns);
  const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
  return {
    columns,
    tileWidth: Math.floor(Math.min(cellWidth, cellHeight * widest)),
    tileHeight: Math.floor(
      Math.min(cellHeight, cellWidth / (width > height ? narrowest.landscape : narrowest.portrait)),
    ),
  };
}

/** As many columns as have room; the rows go on below. */
function scrolling({ width, gap }: GridInput): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (leastWidth + gap)));
  const tileWidth = Math.floor((width - gap * (columns - 1)) / columns);
  return { columns, tileWidth, tileHeight: tileWidth };
}

function area({ tileWidth, tileHeight }: GridLayout): number {
  return tileWidth * tileHeight;
}
