import type { Session } from '@evercall/client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { pageOpenVidu } from './openvidu.js';
import { SessionController, type SessionControllerOptions, type SessionState } from './session-controller.js';
import { useStore } from './use-store.js';

/** How {@link useSession} joins. */
export type UseSessionOptions = SessionControllerOptions;

/** One's taking part in a session; the same object until something changes. Give it to a `SessionProvider`. */
export interface UseSession {
  state: SessionState;
  /** Present from connecting on, gone when the session ended; a new object at each `connect()`. */
  session: Session | undefined;
  /** Joins. Never rejects: failures show in `state`. Does nothing while connecting or connected. */
  connect: () => Promise<void>;
  /** Leaves, or gives the joining up. */
  leave: () => void;
}

/** Takes part in a session; leaves when the component goes. */
export function useSession(options: UseSessionOptions): UseSession {
  const [controller] = useState(() => new SessionController(() => pageOpenVidu().initSession()));
  const { state, session } = useStore(controller.store);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => () => controller.leave(), [controller]);
  const connect = useCallback(() => controller.connect(latest.current), [controller]);
  const leave = useCallback(() => controller.leave(), [controller]);
  return useMemo(() => ({ state, session, connect, leave }), [state, session, connect, leave]);
}
