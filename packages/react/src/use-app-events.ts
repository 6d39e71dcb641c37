import type { AppEventData, AppEventEvent, AppEventName, Connection, Session } from '@evercall/client';
import { useCallback, useEffect, useState } from 'react';

/** How many events are kept. */
const kept = 500;

export interface ToldAppEvent<Name extends AppEventName> {
  /** Unique within the hook, growing. */
  id: number;
  data: AppEventData<Name>;
  /** Absent if they are gone already. */
  from: Connection | undefined;
  isLocal: boolean;
}

export interface UseAppEvents<Name extends AppEventName> {
  events: ToldAppEvent<Name>[];
  /**
   * Tells everybody; oneself hears it, too.
   * @throws {OpenViduError}
   */
  tell: (data: AppEventData<Name>) => Promise<void>;
}

/** Events of the application of one name, oldest first; the last 500 are kept, also when the session is joined again. */
export function useAppEvents<Name extends AppEventName>(
  session: Session | undefined,
  name: Name,
): UseAppEvents<Name> {
  const [events, setEvents] = useState<ToldAppEvent<Name>[]>([]);
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
      if (!session) throw new Error('There is no session to tell anything');
      await session.tell(name, data);
    },
    [session, name],
  );
  return { events, tell };
}

/** The type that the name stands for; TypeScript can't follow a name that isn't known here. */
function isOf<Name extends AppEventName>(event: AppEventEvent, name: Name): event is AppEventEvent<Name> {
  return event.name === name;
}
