import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { FakeSession, fakeConnection } from './testing/fake-session.js';
import { useSignals } from './use-signals.js';

afterEach(cleanup);

it('keeps the signals of its type, also over sessions', () => {
  const first = new FakeSession();
  first.connection = fakeConnection('me');
  const { result, rerender } = renderHook(
    ({ session }) => useSignals('chat', { session: session.asSession }),
    {
      initialProps: { session: first },
    },
  );
  act(() => first.tell('signal:chat', { data: 'mine', from: first.connection }));
  act(() => first.tell('signal:other', { data: 'no' }));
  const second = new FakeSession();
  rerender({ session: second });
  act(() => second.tell('signal:chat', { data: 'of a backend' }));
  expect(result.current.signals.map(({ id, data, isLocal }) => [id, data, isLocal])).toEqual([
    [1, 'mine', true],
    [2, 'of a backend', false],
  ]);
  expect(first.listenerCount).toBe(0);
});
