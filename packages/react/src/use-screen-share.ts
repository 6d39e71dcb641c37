import type { Session } from '@evercall/client';
import { useCallback, useEffect, useState } from 'react';
import { ScreenShare, type ScreenShareValue } from './screen-share.js';
import { useStore } from './use-store.js';

export interface UseScreenShare extends ScreenShareValue {
  /** Asks the user what to share, and publishes it. Never rejects. */
  start(): Promise<void>;
  /** Never rejects. */
  stop(): Promise<void>;
}

/** Shares a screen in the session, beside the camera. */
export function useScreenShare(session: Session | undefined): UseScreenShare {
  const [share] = useState(() => new ScreenShare());
  const value = useStore(share.store);
  const start = useCallback(async () => {
    if (session) await share.start(session);
  }, [share, session]);
  const stop = useCallback(async () => {
    if (session) await share.stop(session);
  }, [share, session]);
  useEffect(() => () => void stop(), [stop]);
  return { ...value, start, stop };
}
