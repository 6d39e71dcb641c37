import {
  type AppEventData,
  type AppEventEvent,
  type AppEventName,
  type Connection,
  OpenViduError,
  OpenViduErrorName,
} from '@evercall/client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type SessionOption, useGivenSession } from './session-context.js';

/** How many events are kept. */
const kept = 500;

/** An event of the application as it came. */
export interface ToldAppEvent<Name extends AppEventName> {
  /** Unique within the hook, growing. */
  id: number;
  data: AppEventData<Name>;
  /** Absent if they are gone already. */
  from: Connection | undefined;
  isLocal: boolean;
}

/** Events of one name; the same object until one comes. */
export interface UseAppEvents<Name extends AppEventName> {
  events: readonly ToldAppEvent<Name>[];
  /**
   * Tells everybody; oneself hears it, too.
   * @throws {OpenViduError} `OPENVIDU_NOT_CONNECTED`: there is no session
   */
  tell: (data: AppEventData<Name>) => Promise<void>;
}

/**
 * Events of the application of one name, oldest first; the last 500 are kept, also when the session is joined again.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useAppEvents<Name extends AppEventName>(
  name: Name,
  options: SessionOption = {},
): UseAppEvents<Name> {
  const session = useGivenSession(options, 'useAppEvents');
  const [events, setEvents] = useState<readonly ToldAppEvent<Name>[]>([]);
  useEffect(() => {
    if (!session) return undefined;
    const type: `app:${AppEventName}` = `app:${name}`;
    const receive = (event: AppEventEvent) => {
      if (!isOf(event, name)) return;
      const { data, from } = event;
      const isLocal = from !== undefined && from.connectionId === session.connection?.connectionId;
      setEvents((before) => {
        const id = (before.at(-1)?.id ?? 0) + 1;
        return [...before, { id, data, from, isLocal }].slice(-kept);
      });
    };
    session.on(type, receive);
    return () => {
      session.off(type, receive);
    };
  }, [session, name]);
  const tell = useCallback(
    async (data: AppEventData<Name>) => {
      if (!session) {
        throw new OpenViduError(
          OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
          'There is no session to tell anything',
        );
      }
      await session.tell(name, data);
    },
    [session, name],
  );
  return useMemo(() => ({ events, tell }), [events, tell]);
}

/** The type that the name stands for; TypeScript can't follow a name that isn't known here. */
function isOf<Name extends AppEventName>(event: AppEventEvent, name: Name): event is AppEventEvent<Name> {
  return event.name === name;
}
