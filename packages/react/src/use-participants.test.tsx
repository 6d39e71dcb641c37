import { act, cleanup, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeSession, fakeConnection, fakeStream } from './testing/fake-session.js';
import { useParticipants } from './use-participants.js';

afterEach(cleanup);

function room() {
  const session = new FakeSession();
  session.connection = fakeConnection('me', 'Me');
  session.remoteConnections.set('ann', fakeConnection('ann', 'Ann%/%server', [fakeStream('stream-ann')]));
  return session;
}

describe('useParticipants', () => {
  it('lists oneself and the others, and subscribes to what was published before', () => {
    const session = room();
    const { result } = renderHook(() => useParticipants(session.asSession), { wrapper: StrictMode });
    expect(result.current.map(({ connectionId, isLocal }) => [connectionId, isLocal])).toEqual([
      ['me', true],
      ['ann', false],
    ]);
    expect(result.current[1]).toMatchObject({ clientData: 'Ann', serverData: 'server' });
    expect(session.subscribed.map((stream) => stream.streamId)).toEqual(['stream-ann']);
    expect(result.current[1]?.streams[0]).toMatchObject({ streamId: 'stream-ann', speaking: false });
  });

  it('shows who comes, publishes, speaks and goes', () => {
    const session = room();
    const { result } = renderHook(() => useParticipants(session.asSession));
    const stream = fakeStream('stream-bob');
    act(() => {
      session.remoteConnections.set('bob', fakeConnection('bob', 'Bob', [stream]));
      session.tell('connectionCreated');
      session.tell('streamCreated', { stream });
    });
    act(() => session.tell('publisherStartSpeaking', { streamId: 'stream-bob' }));
    expect(result.current[2]?.streams[0]).toMatchObject({ streamId: 'stream-bob', speaking: true });
    act(() => {
      session.remoteConnections.delete('ann');
      session.tell('connectionDestroyed');
    });
    expect(result.current.map((participant) => participant.connectionId)).toEqual(['me', 'bob']);
  });

  it('is empty without a session, and stops listening', () => {
    const session = room();
    const initialProps: { current: FakeSession | undefined } = { current: session };
    const { result, rerender, unmount } = renderHook(
      ({ current }: typeof initialProps) => useParticipants(current?.asSession),
      { initialProps },
    );
    rerender({ current: undefined });
    expect(result.current).toEqual([]);
    unmount();
    expect(session.listenerCount).toBe(0);
  });
});
