import { type RefObject, useEffect, useRef } from 'react';

/**
 * For the heading of what has just appeared in place of something else: takes the focus, which was in what is gone.
 * Screen readers read on from there.
 *
 * @param wanted false where nothing was there before
 */
export function useTakeFocus<E extends HTMLElement>(wanted = true): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    if (wanted) ref.current?.focus({ preventScroll: true });
  }, [wanted]);
  return ref;
}
