import { useEffect, useMemo, useState } from 'react';
import { lastingTiles } from './lasting-tiles.js';
import type { Participant } from './participant.js';
import { type SessionOption, useGivenSession } from './session-context.js';
import { type NameOf, type Tile, TileMaker } from './tile.js';
import { useParticipants } from './use-participants.js';

/** Milliseconds for which places are kept after we are back: the others may need another try. */
const keptMs = 4_000;

/** What {@link useTiles} goes by. */
export interface UseTilesOptions extends SessionOption {
  /** What to call somebody; default: what they said of themselves, or the backend. Give the same function each time. */
  nameOf?: NameOf;
  /** What to call our own place before we are connected; empty. */
  ownName?: string;
  /**
   * The application joins again, and the others will: their places stay, empty, until somebody of the same name takes them,
   * at most until 4 s after the session is joined. To be `true` when the session goes, in the same rendering.
   */
  rejoining?: boolean;
}

/**
 * The places of a grid, ours first: one per participant, and one more for each further stream (a screen). A place stays while
 * streams come, go or move. Who didn't change has the same `Tile` object as before.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useTiles(options: UseTilesOptions = {}): readonly Tile[] {
  const { nameOf = dataOf, ownName = '', rejoining = false, ...which } = options;
  const joined = useGivenSession(which, 'useTiles') !== undefined;
  const participants = useParticipants(which);
  const [before, setBefore] = useState(participants);
  const [isKeeping, setKeeping] = useState(false);
  const keeps = isKeeping || rejoining;
  if (rejoining && !isKeeping) setKeeping(true);
  // While rendering: when the session is gone, so are its participants.
  if (!keeps && before !== participants) setBefore(participants);
  useEffect(() => {
    if (!isKeeping || rejoining) return undefined;
    const timer = setTimeout(() => setKeeping(false), joined ? keptMs : 0);
    return () => clearTimeout(timer);
  }, [isKeeping, rejoining, joined]);
  const maker = useMemo(() => new TileMaker(nameOf), [nameOf]);
  return useMemo(() => {
    const now = maker.tilesOf(participants, ownName);
    return keeps ? lastingTiles(maker.tilesOf(before, ownName), now) : now;
  }, [maker, participants, before, ownName, keeps]);
}

function dataOf({ clientData, serverData }: Participant): string {
  return clientData || serverData;
}
