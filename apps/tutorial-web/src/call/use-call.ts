import { type UseSession, useSession } from '@evercall/react';
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { type AdmissionRequest, requestAdmission } from '../backend/api.js';
import { type CallState, callState, rejoinDelay } from './call-state.js';

/** Milliseconds that a meeting must run before earlier interruptions are forgotten. */
const stableMs = 15_000;

/** One's presence in a room. */
export interface Call {
  state: CallState;
  session: UseSession['session'];
  /** As its owner named it. */
  roomName: string;
  /** Joins again after the end; what went wrong before no longer counts. */
  joinAgain: () => void;
  leave: () => void;
}

/** Joins a room when it appears on the page, comes back after interruptions, and leaves with the page. */
export function useCall({ room, name, identity }: AdmissionRequest): Call {
  const [roomName, setRoomName] = useState(room);
  const [rejoins, setRejoins] = useState(0);
  const getToken = useCallback(
    async (signal: AbortSignal) => {
      const admission = await requestAdmission({ room, name, identity }, signal);
      setRoomName(admission.roomName);
      return admission.token;
    },
    [room, name, identity],
  );
  const own = useSession({ getToken });
  const { state, session } = own;

  const join = useEffectEvent(() => void own.connect());
  const leave = useEffectEvent(() => own.leave());
  useEffect(() => {
    join();
    return () => leave();
  }, []);

  // Drawn once per state, and while rendering: the end of a meeting that goes on is never shown.
  const delay = useMemo(() => rejoinDelay(state, rejoins, Math.random), [state, rejoins]);
  useEffect(() => {
    if (delay === null) return undefined;
    const timer = setTimeout(() => {
      setRejoins((count) => count + 1);
      join();
    }, delay);
    return () => clearTimeout(timer);
  }, [delay]);

  useEffect(() => {
    if (state.name !== 'connected') return undefined;
    const timer = setTimeout(() => setRejoins(0), stableMs);
    return () => clearTimeout(timer);
  }, [state.name]);

  return {
    state: callState(state, rejoins, delay !== null),
    session,
    roomName,
    joinAgain() {
      setRejoins(0);
      void own.connect();
    },
    leave: () => own.leave(),
  };
}
