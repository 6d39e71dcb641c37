import { useEffect, useMemo, useState } from 'react';
import { ScreenShare, type ScreenShareValue } from './screen-share.js';
import { type SessionOption, useGivenSession } from './session-context.js';
import { useStore } from './use-store.js';

/** The sharing of a screen; the same object until something changes. */
export interface UseScreenShare extends ScreenShareValue {
  /** Asks the user what to share, and publishes it. Never rejects. */
  start(): Promise<void>;
  /** Never rejects. */
  stop(): Promise<void>;
}

/**
 * Shares a screen in the session, beside the camera, and in the one that follows on a session that broke.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useScreenShare(options: SessionOption = {}): UseScreenShare {
  const session = useGivenSession(options, 'useScreenShare');
  const [share] = useState(() => new ScreenShare());
  const value = useStore(share.store);
  useEffect(() => {
    share.follow(session);
  }, [share, session]);
  useEffect(
    () => () => {
      void share.stop();
      share.follow(undefined);
    },
    [share],
  );
  const actions = useMemo(() => ({ start: () => share.start(), stop: () => share.stop() }), [share]);
  return useMemo(() => ({ ...value, ...actions }), [value, actions]);
}
