/** What a grid is laid out by. Lengths in CSS pixels. */
export interface GridInput {
  count: number;
  width: number;
  height: number;
  gap: number;
}

/** How a grid is laid out. Lengths in CSS pixels. */
export interface GridLayout {
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
}

/** Where a grid's tiles are. */
export interface TilePlaces extends GridLayout {
  /** Left upper corner of each tile, from that of the space. */
  places: { x: number; y: number }[];
  /** Of all rows: more than the space has where it scrolls. */
  contentHeight: number;
}

/** A tile is never wider or narrower than this (width / height): faces would be cut off. */
const widest = 16 / 9;
const narrowest = { landscape: 4 / 3, portrait: 3 / 4 };
/** Tiles don't get smaller than this; the grid scrolls instead. */
const leastWidth = 120;

/** The number of columns that gives the largest tiles of one size. */
export function gridLayout({ count, width, height, gap }: GridInput): GridLayout {
  const candidates = Array.from({ length: Math.max(1, count) }, (_, index) =>
    withColumns(index + 1, { count, width, height, gap }),
  );
  const best = candidates.reduce((best, candidate) => (area(candidate) > area(best) ? candidate : best));
  return best.tileWidth >= leastWidth ? best : scrolling({ count, width, height, gap });
}

/** The places of all tiles, in the middle of the space; so is a last row that isn't full. */
export function tilePlaces(input: GridInput): TilePlaces {
  const { count, width, height, gap } = input;
  const layout = gridLayout(input);
  const { columns, tileWidth, tileHeight } = layout;
  const contentHeight = Math.max(0, Math.ceil(count / columns) * (tileHeight + gap) - gap);
  const top = Math.max(0, Math.floor((height - contentHeight) / 2));
  const places = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = Math.floor((width - (inRow * (tileWidth + gap) - gap)) / 2);
    return { x: left + (index % columns) * (tileWidth + gap), y: top + row * (tileHeight + gap) };
  });
  return { ...layout, places, contentHeight };
}

function withColumns(columns: number, { count, width, height, gap }: GridInput): GridLayout {
  const rows = Math.ceil(Math.max(1, count) / columns);
  const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
  return {
    columns,
    rows,
    tileWidth: Math.floor(Math.min(cellWidth, cellHeight * widest)),
    tileHeight: Math.floor(
      Math.min(cellHeight, cellWidth / (width > height ? narrowest.landscape : narrowest.portrait)),
    ),
  };
}

/** As many columns as have room; the rows go on below. */
function scrolling({ count, width, gap }: GridInput): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (leastWidth + gap)));
  const tileWidth = Math.max(0, Math.floor((width - gap * (columns - 1)) / columns));
  return { columns, rows: Math.ceil(Math.max(1, count) / columns), tileWidth, tileHeight: tileWidth };
}

function area({ tileWidth, tileHeight }: GridLayout): number {
  return tileWidth * tileHeight;
}
