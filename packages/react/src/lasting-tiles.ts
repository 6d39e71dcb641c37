import type { Tile } from './tile.js';

/**
 * The tiles to show while everybody joins again: each place that there was stays, empty, until somebody of the same name
 * takes it; who comes anew is last. So nothing jumps.
 */
export function lastingTiles(before: readonly Tile[], now: readonly Tile[]): Tile[] {
  const waiting = [...now];
  const kept = before.map((tile) => {
    const at = waiting.findIndex((other) => isSamePlace(tile, other));
    const [back] = at === -1 ? [] : waiting.splice(at, 1);
    return back ?? vacated(tile);
  });
  return [...kept, ...waiting];
}

/** Whoever joins again has another connection id; who it is, only the name says. */
function isSamePlace(a: Tile, b: Tile): boolean {
  if (a.isLocal || b.isLocal) return a.isLocal && b.isLocal && a.isScreen === b.isScreen;
  return a.name === b.name && a.isScreen === b.isScreen;
}

function vacated(tile: Tile): Tile {
  return {
    ...tile,
    streamId: undefined,
    manager: undefined,
    audioActive: true,
    videoActive: false,
  };
}
