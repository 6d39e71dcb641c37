import type { Session } from '@evercall/client';
import { useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { connectionStateOf, type UseConnectionState } from './connection-state.js';
import { SessionValueContext } from './session-context.js';
import { useOnline } from './use-online.js';
import type { UseSession } from './use-session.js';

/**
 * Where the connection stands: idle, connecting, connected, reconnecting and what is interrupted, ended and why, failed. The
 * same object until something changes.
 *
 * @param source what `useSession` returned, where there is no provider above, or instead of its
 * @throws {Error} there is neither
 */
export function useConnectionState(source?: Pick<UseSession, 'state' | 'session'>): UseConnectionState {
  const provided = useContext(SessionValueContext);
  const value = source ?? provided;
  if (!value) throw new Error('useConnectionState needs a <SessionProvider> above it, or a session');
  const { state, session } = value;
  const moving = useMediaIsMoving(session);
  const online = useOnline();
  return useMemo(() => connectionStateOf(state, { online, moving }), [state, online, moving]);
}

/** Read again with whatever tells of a change: an interruption may begin with the one and go on with the other. */
function useMediaIsMoving(session: Session | undefined): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const types = ['reconnecting', 'reconnected', 'servedByChanged'] as const;
      for (const type of types) session?.on(type, changed);
      return () => {
        for (const type of types) session?.off(type, changed);
      };
    },
    [session],
  );
  return useSyncExternalStore(
    subscribe,
    () => session?.mediaIsMoving ?? false,
    () => false,
  );
}
