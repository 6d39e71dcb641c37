import { type UseSession, useConnectionState, useOnline, useSession } from '@evercall/react';
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { type AdmissionRequest, type Recovery, requestAdmission } from '../backend/api.js';
import { beginning, type CallState, callState, observe } from './call-state.js';
import { decideRejoin } from './rejoin-policy.js';

/** Milliseconds that a meeting must run before earlier interruptions are forgotten. */
const stableMs = 15_000;

/** One's presence in a room. */
export interface Call {
  state: CallState;
  session: UseSession['session'];
  /** For the provider: the session of the moment, which isn't the last one if this breaks. */
  connection: UseSession;
  /** As its owner named it. */
  roomName: string;
  /** Who repairs it; the room's own once it is joined. */
  recovery: Recovery;
  /** Joins again after the end; what went wrong before no longer counts. */
  joinAgain: () => void;
  leave: () => void;
}

/** Joins a room when it appears on the page, comes back after interruptions, and leaves with the page. */
export function useCall(request: AdmissionRequest): Call {
  const { room, name, identity, recovery } = request;
  const [admitted, setAdmitted] = useState({ roomName: room, recovery });
  const [failures, setFailures] = useState(0);
  const [progress, setProgress] = useState(beginning);
  const online = useOnline();
  const getToken = useCallback(
    async (signal: AbortSignal) => {
      setFailures(0);
      const options = { signal, onRetry: setFailures };
      const admission = await requestAdmission({ room, name, identity, recovery }, options);
      setAdmitted(admission);
      return admission.token;
    },
    [room, name, identity, recovery],
  );
  const own = useSession({ getToken });
  const { state, session } = own;
  const connection = useConnectionState(own);
  const moving = connection.name === 'reconnecting' && connection.interruption === 'media';
  // While rendering, not in an effect: the end of a meeting that goes on is never shown, not for one frame.
  if (progress.seen !== state) setProgress(observe(progress, state));

  const join = useEffectEvent(() => void own.connect());
  const leave = useEffectEvent(() => own.leave());
  useEffect(() => {
    join();
    return () => leave();
  }, []);

  const { rejoins } = progress;
  // Drawn once per state.
  const rejoin = useMemo(
    () => decideRejoin(state, { rejoins, online }, Math.random),
    [state, rejoins, online],
  );
  useEffect(() => {
    if (rejoin.do !== 'join') return undefined;
    const timer = setTimeout(() => {
      setProgress((before) => ({ ...before, rejoins: before.rejoins + 1 }));
      join();
    }, rejoin.afterMs);
    return () => clearTimeout(timer);
  }, [rejoin]);

  useEffect(() => {
    if (state.name !== 'connected') return undefined;
    const timer = setTimeout(() => setProgress((before) => ({ ...before, rejoins: 0 })), stableMs);
    return () => clearTimeout(timer);
  }, [state.name]);

  useEffect(() => {
    // What failed without a network says nothing about the servers, and whoever gave up gets another chance.
    const startOver = () => setProgress((before) => ({ ...before, rejoins: 0 }));
    window.addEventListener('online', startOver);
    return () => window.removeEventListener('online', startOver);
  }, []);

  return {
    ...admitted,
    state: callState(state, { progress, rejoin, online, failures, moving }),
    session,
    connection: own,
    joinAgain() {
      setProgress((before) => ({ ...before, rejoins: 0 }));
      void own.connect();
    },
    leave: () => own.leave(),
  };
}
