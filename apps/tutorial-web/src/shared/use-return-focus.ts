import { type RefObject, useEffect, useState } from 'react';

/** Gives the focus back to where it was before something opened, if it is still inside of that when it closes. */
export function useReturnFocus(inside: RefObject<HTMLElement | null>): void {
  // Read while rendering: by the time of the effect it may be inside already.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const element = inside.current;
    return () => {
      const now = document.activeElement;
      const isLost = now === null || now === document.body || element?.contains(now);
      if (isLost && before instanceof HTMLElement) before.focus();
    };
  }, [before, inside]);
}
