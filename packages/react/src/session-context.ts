import type { Session } from '@evercall/client';
import { createContext, useContext } from 'react';
import type { UseSession } from './use-session.js';

/** Which session a hook is about. */
export interface SessionOption {
  /**
   * Another session than that of the `SessionProvider` above. Given as `undefined` it means that there is none yet; left
   * out, the provider's counts.
   */
  session?: Session | undefined;
}

/** Changes with the session object only, so that hooks which need no more don't render for each state. */
export const SessionContext = createContext<{ session: Session | undefined } | undefined>(undefined);

/** All that `useSession` returned. */
export const SessionValueContext = createContext<UseSession | undefined>(undefined);

/** The session that a hook is about. @throws {Error} no session was given, and there is no provider */
export function useGivenSession(options: SessionOption, hook: string): Session | undefined {
  const provided = useContext(SessionContext);
  if ('session' in options) return options.session;
  if (provided) return provided.session;
  throw new Error(`${hook} needs a <SessionProvider> above it, or a session as option`);
}

/**
 * What the `SessionProvider` above was given: `state`, `session`, `connect`, `leave`.
 *
 * @throws {Error} there is no provider
 */
export function useSessionContext(): UseSession {
  const value = useContext(SessionValueContext);
  if (value) return value;
  throw new Error('useSessionContext needs a <SessionProvider> above it');
}
