import type { Connection, Session, SignalEvent } from '@evercall/client';
import { useCallback, useEffect, useState } from 'react';

/** How many signals are kept. */
const kept = 500;

export interface ReceivedSignal {
  /** Unique within the hook, growing. */
  id: number;
  data: string;
  /** Absent if a backend sent it. */
  from: Connection | undefined;
  isLocal: boolean;
  /** When it arrived: milliseconds since 1970. */
  receivedAt: number;
}

export interface UseSignals {
  signals: ReceivedSignal[];
  /**
   * Sends to some participants, or to everybody; oneself hears it, too.
   * @throws {OpenViduError}
   */
  send(data: string, to?: Connection[]): Promise<void>;
}

/** Signals of one type, oldest first; the last 500 are kept, also when the session is joined again. */
export function useSignals(session: Session | undefined, type: string): UseSignals {
  const [signals, setSignals] = useState<ReceivedSignal[]>([]);
  useEffect(() => {
    if (!session) return undefined;
    const receive = ({ data, from }: SignalEvent) => {
      const isLocal = from !== undefined && from.connectionId === session.connection?.connectionId;
      const receivedAt = Date.now();
      setSignals((before) => {
        const id = (before.at(-1)?.id ?? 0) + 1;
        return [...before, { id, data, from, isLocal, receivedAt }].slice(-kept);
      });
    };
    session.on(`signal:${type}`, receive);
    return () => {
      session.off(`signal:${type}`, receive);
    };
  }, [session, type]);
  const send = useCallback(
    async (data: string, to: Connection[] = []) => {
      if (!session) throw new Error('There is no session to send a signal to');
      await session.signal({ type, data, to });
    },
    [session, type],
  );
  return { signals, send };
}
