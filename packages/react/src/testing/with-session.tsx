import { act } from '@testing-library/react';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { MessageChanges } from '../messages.js';
import type { SessionState } from '../session-controller.js';
import { SessionProvider } from '../session-provider.js';
import type { UseSession } from '../use-session.js';
import type { FakeSession } from './fake-session.js';

/** A provider for the `wrapper` option of testing-library, and a way to change where its session stands. */
export function withSession(
  session: FakeSession | undefined,
  { state = { name: 'connected' }, messages }: { state?: SessionState; messages?: MessageChanges } = {},
) {
  const ask: Pick<UseSession, 'connect' | 'leave'> = {
    connect: async () => undefined,
    leave: () => undefined,
  };
  let put: (value: UseSession) => void = () => undefined;
  const wrapper = ({ children }: { children?: ReactNode }): ReactElement => {
    const [value, setValue] = useState<UseSession>(() => ({ ...ask, state, session: session?.asSession }));
    put = setValue;
    return (
      <SessionProvider value={value} messages={messages}>
        {children}
      </SessionProvider>
    );
  };
  /** Another state, perhaps of another session object. */
  const change = (to: SessionState, of: FakeSession | undefined = session) =>
    act(() => put({ ...ask, state: to, session: of?.asSession }));
  return { wrapper, change };
}
