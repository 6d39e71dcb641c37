import { type Connection, OpenViduError, OpenViduErrorName, type SignalEvent } from '@evercall/client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type SessionOption, useGivenSession } from './session-context.js';

/** How many signals are kept. */
const kept = 500;

/** A signal as it came. */
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

/** Signals of one type; the same object until one comes. */
export interface UseSignals {
  signals: readonly ReceivedSignal[];
  /**
   * Sends to some participants, or to everybody; oneself hears it, too.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED`: there is no session
   */
  send: (data: string, to?: Connection[]) => Promise<void>;
}

/**
 * Signals of one type, oldest first; the last 500 are kept, also when the session is joined again.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useSignals(type: string, options: SessionOption = {}): UseSignals {
  const session = useGivenSession(options, 'useSignals');
  const [signals, setSignals] = useState<readonly ReceivedSignal[]>([]);
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
      if (!session) {
        throw new OpenViduError(
          OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
          'There is no session to send a signal to',
        );
      }
      await session.signal({ type, data, to });
    },
    [session, type],
  );
  return useMemo(() => ({ signals, send }), [signals, send]);
}
