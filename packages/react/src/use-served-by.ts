import type { ServedByNodes } from '@evercall/client';
import { useCallback, useSyncExternalStore } from 'react';
import { type SessionOption, useGivenSession } from './session-context.js';

/**
 * The master and the media node that serve this participant; absent before joining.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useServedBy(options: SessionOption = {}): ServedByNodes | undefined {
  const session = useGivenSession(options, 'useServedBy');
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
