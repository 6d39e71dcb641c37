/** Where things stand that one moves through with the arrow keys. */
export interface RovingPlace {
  /** From 0 on. */
  at: number;
  count: number;
  columns: number;
}

/** Where a key leads from a place in a grid; `undefined` if nowhere. */
export function nextPlace(key: string, { at, count, columns }: RovingPlace): number | undefined {
  const to = target(key, { at, count, columns });
  return to !== undefined && to >= 0 && to < count && to !== at ? to : undefined;
}

function target(key: string, { at, count, columns }: RovingPlace): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return at + 1;
    case 'ArrowLeft':
      return at - 1;
    case 'ArrowDown':
      return at + columns;
    case 'ArrowUp':
      return at - columns;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
