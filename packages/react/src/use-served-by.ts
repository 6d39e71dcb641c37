import type { ServedByNodes, Session } from '@evercall/client';
import { useCallback, useSyncExternalStore } from 'react';

/** The master and the media node that serve this participant; absent before joining. */
export function useServedBy(session: Session | undefined): ServedByNodes | undefined {
  const subscribe = useCallback(
    (changed: () => void) => {
      session?.on('servedByChanged', changed);
      return () => session?.off('servedByChanged', changed);
    },
    [session],
  );
  return useSyncExternalStore(
    subscribe,
    () => session?.servedBy,
    () => undefined,
  );
}
