import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeSession, fakeConnection } from './testing/fake-session.js';
import { useAppEvents } from './use-app-events.js';

afterEach(cleanup);

it('keeps the events of its name, also over sessions', () => {
  const first = new FakeSession();
  first.connection = fakeConnection('me');
  const { result, rerender } = renderHook(
    ({ session }) => useAppEvents('handRaised', { session: session.asSession }),
    { initialProps: { session: first } },
  );
  const told = (raised: boolean, from?: FakeSession['connection']) => ({
    name: 'handRaised',
    data: { raised },
    from,
  });
  act(() => first.tell('app:handRaised', told(true, first.connection)));
  const second = new FakeSession();
  rerender({ session: second });
  act(() => second.tell('app:handRaised', told(false)));
  expect(result.current.events.map(({ id, data, isLocal }) => [id, data.raised, isLocal])).toEqual([
    [1, true, true],
    [2, false, false],
  ]);
  expect(first.listenerCount).toBe(0);
});
