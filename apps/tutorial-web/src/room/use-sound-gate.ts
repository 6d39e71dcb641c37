import { useCallback, useState } from 'react';

/** Sound that the browser holds back until the user touches the page. */
export interface SoundGate {
  isBlocked: boolean;
  /** A tile was held back; `play` starts it inside of a click. */
  block: (play: () => Promise<void>) => void;
  /** To be called inside of a click: starts all. */
  open: () => void;
}

/** Collects everything that the browser refuses to play, so that one click starts it all. */
export function useSoundGate(): SoundGate {
  const [held, setHeld] = useState<readonly (() => Promise<void>)[]>([]);
  const block = useCallback((play: () => Promise<void>) => setHeld((before) => [...before, play]), []);
  const open = useCallback(() => {
    setHeld([]);
    for (const play of held) {
      // Still refused, or gone meanwhile; a tile that is there reports itself again.
      play().catch(() => undefined);
    }
  }, [held]);
  return { isBlocked: held.length > 0, block, open };
}
