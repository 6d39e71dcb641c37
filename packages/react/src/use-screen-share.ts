import type { Session } from '@evercall/client';
import { useEffect, useMemo, useState } from 'react';
import { ScreenShare, type ScreenShareValue } from './screen-share.js';
import { useStore } from './use-store.js';

export interface UseScreenShare extends ScreenShareValue {
  /** Asks the user what to share, and publishes it. Never rejects. */
  start(): Promise<void>;
  /** Never rejects. */
  stop(): Promise<void>;
}

/** Shares a screen in the session, beside the camera, and in the one that follows on a session that broke. */
export function useScreenShare(session: Session | undefined): UseScreenShare {
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
  return { ...value, ...actions };
}
