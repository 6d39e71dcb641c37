import type { Participant, UseSession } from '@evercall/react';
import { useCallback, useEffect, useState } from 'react';
import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';
import { type Incident, InterruptionMeter } from './interruption-meter.js';
import { TrackWatcher } from './track-watcher.js';
import { watchedTracks } from './watched-tracks.js';

/** What {@link useInterruptions} measures. */
export interface InterruptionsOptions {
  session: UseSession['session'];
  participants: readonly Participant[];
  state: CallState['name'];
}

/** Measured interruptions, and what to tell the meter. */
export interface Interruptions {
  incidents: readonly Incident[];
  /** To be called right before something is broken. */
  begin: (label: string) => void;
  /** Something was seen to be broken. */
  observed: (label: string) => void;
}

/** Milliseconds between two looks at the measurements. */
const lookMs = 500;

/** Measures interruptions for as long as the component is on the page. */
export function useInterruptions({ session, participants, state }: InterruptionsOptions): Interruptions {
  const [meter] = useState(() => new InterruptionMeter());
  const [watcher, setWatcher] = useState<TrackWatcher>();
  const [incidents, setIncidents] = useState<readonly Incident[]>([]);
  const refresh = useCallback(() => setIncidents(meter.incidents(performance.now())), [meter]);

  useEffect(() => {
    const watching = new TrackWatcher(meter);
    setWatcher(watching); // oxlint-disable-line react/set-state-in-effect -- it exists only once it was started here
    const timer = setInterval(refresh, lookMs);
    return () => {
      clearInterval(timer);
      watching.close();
    };
  }, [meter, refresh]);

  useEffect(() => {
    watcher?.watch(watchedTracks(participants), state === 'connected' || state === 'reconnecting');
  }, [watcher, participants, state]);

  useEffect(() => {
    const lost = () => {
      const now = performance.now();
      // Media that moves leaves the connection to the master alone.
      if (!session?.mediaIsMoving) meter.linkLost(now);
      meter.observed(session?.mediaIsMoving ? messages.cluster.log.moving : messages.cluster.log.cut, now);
    };
    const ended = () => {
      meter.linkLost(performance.now());
      meter.observed(messages.cluster.log.ended, performance.now());
    };
    const back = () => meter.linkBack(performance.now());
    session?.on('reconnecting', lost);
    session?.on('reconnected', back);
    session?.on('sessionDisconnected', ended);
    return () => {
      session?.off('reconnecting', lost);
      session?.off('reconnected', back);
      session?.off('sessionDisconnected', ended);
    };
  }, [session, meter]);

  useEffect(() => {
    // After joining again the session is another one, which tells of no return.
    if (state === 'connected') meter.linkBack(performance.now());
  }, [state, meter]);

  const begin = useCallback((label: string) => meter.begin(label, performance.now()), [meter]);
  const observed = useCallback((label: string) => meter.observed(label, performance.now()), [meter]);
  return { incidents, begin, observed };
}
