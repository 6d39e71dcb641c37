import type { Participant } from '@evercall/react';
import { useEffect, useState } from 'react';
import type { CallState } from '../call/call-state.js';
import { lastingTiles } from './lasting-tiles.js';
import { type Tile, tilesOf } from './tile.js';

/** Milliseconds for which places are kept after we are back: the others may need another try. */
const keptMs = 4_000;

/** What {@link useLastingTiles} goes by. */
export interface LastingTilesOptions {
  participants: readonly Participant[];
  ownName: string;
  state: CallState['name'];
}

/** The tiles of everybody; places are kept while the meeting is joined again. */
export function useLastingTiles({ participants, ownName, state }: LastingTilesOptions): Tile[] {
  const [before, setBefore] = useState(participants);
  const [isKeeping, setKeeping] = useState(false);
  const broke = state === 'rejoining';
  if (broke && !isKeeping) setKeeping(true);
  // While rendering: when the session is gone, so are its participants.
  if (!broke && !isKeeping && before !== participants) setBefore(participants);
  useEffect(() => {
    if (!isKeeping || state === 'rejoining') return undefined;
    const timer = setTimeout(() => setKeeping(false), state === 'connected' ? keptMs : 0);
    return () => clearTimeout(timer);
  }, [isKeeping, state]);
  const now = tilesOf(participants, ownName);
  return isKeeping || broke ? lastingTiles(tilesOf(before, ownName), now) : now;
}
