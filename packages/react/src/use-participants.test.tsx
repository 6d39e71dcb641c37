import { act, cleanup, render, renderHook } from '@testing-library/react';
import { memo, StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Participant } from './participant.js';
import { FakeManager } from './testing/fake-manager.js';
import { FakeSession, fakeConnection, fakeStream } from './testing/fake-session.js';
import { withSession } from './testing/with-session.js';
import { useIsSpeaking } from './use-is-speaking.js';
import { useParticipant, useParticipants } from './use-participants.js';

afterEach(cleanup);

function room() {
  const session = new FakeSession();
  session.connection = fakeConnection('me', 'Me');
  for (const name of ['ann', 'bob']) {
    const streams = [fakeStream(`stream-${name}`)];
    session.remoteConnections.set(name, fakeConnection(name, `${name}%/%server`, streams));
  }
  return session;
}

const managerOf = (session: FakeSession, name: string) =>
  session.remoteConnections.get(name)!.streams[0]!.streamManager as object as FakeManager;

describe('useParticipants', () => {
  it('lists oneself and the others, and subscribes to what was published before', () => {
    const session = room();
    const { result } = renderHook(() => useParticipants({ session: session.asSession }), {
      wrapper: StrictMode,
    });
    expect(result.current.map(({ connectionId, isLocal }) => [connectionId, isLocal])).toEqual([
      ['me', true],
      ['ann', false],
      ['bob', false],
    ]);
    expect(result.current[1]).toMatchObject({ clientData: 'ann', serverData: 'server' });
    expect(session.subscribed.map((stream) => stream.streamId)).toEqual(['stream-ann', 'stream-bob']);
    expect(result.current[1]?.streams[0]).toMatchObject({ streamId: 'stream-ann', audioActive: true });
  });

  it('shows who comes, publishes and goes; who stays is the same object', () => {
    const session = room();
    const { wrapper } = withSession(session);
    const { result } = renderHook(() => useParticipants(), { wrapper });
    const before = result.current;
    const stream = fakeStream('stream-cyd');
    act(() => {
      session.remoteConnections.set('cyd', fakeConnection('cyd', 'Cyd', [stream]));
      session.tell('connectionCreated');
      session.tell('streamCreated', { stream });
    });
    expect(result.current[3]?.streams[0]).toMatchObject({ streamId: 'stream-cyd' });
    expect(result.current.slice(0, 3)).toEqual(before);
    expect(result.current[1]).toBe(before[1]);
    act(() => {
      session.remoteConnections.delete('ann');
      session.tell('connectionDestroyed');
    });
    expect(result.current.map((participant) => participant.connectionId)).toEqual(['me', 'bob', 'cyd']);
    expect(result.current[1]).toBe(before[2]);
  });

  it('gives everybody who asks the same list, and asks for each stream once', () => {
    const session = room();
    const { wrapper } = withSession(session);
    const { result } = renderHook(() => [useParticipants(), useParticipants()], { wrapper });
    expect(result.current[0]).toBe(result.current[1]);
    expect(session.subscribed).toHaveLength(2);
  });

  it('is empty without a session, and stops listening', () => {
    const session = room();
    const initialProps: { current: FakeSession | undefined } = { current: session };
    const { result, rerender, unmount } = renderHook(
      ({ current }: typeof initialProps) => useParticipants({ session: current?.asSession }),
      { initialProps },
    );
    expect(result.current).toHaveLength(3);
    rerender({ current: undefined });
    expect(result.current).toEqual([]);
    unmount();
    expect(session.listenerCount).toBe(0);
  });

  it('says what is missing where there is neither a provider nor a session', () => {
    expect(() => renderHook(() => useParticipants())).toThrow(
      'useParticipants needs a <SessionProvider> above it, or a session as option',
    );
  });
});

describe('rendering', () => {
  /** A page as one writes it, which counts what renders. */
  function countingPage(session: FakeSession) {
    const renders: Record<string, number> = {};
    const count = (name: string) => {
      renders[name] = (renders[name] ?? 0) + 1;
    };
    const Tile = memo(({ participant }: { participant: Participant }) => {
      const speaking = useIsSpeaking(participant.streams[0]?.manager);
      count(participant.connectionId);
      return <li data-speaking={speaking}>{participant.clientData}</li>;
    });
    const List = () => {
      count('list');
      return useParticipants().map((participant) => (
        <Tile key={participant.connectionId} participant={participant} />
      ));
    };
    const Bob = () => {
      count('useParticipant');
      return <p>{useParticipant('bob')?.clientData}</p>;
    };
    const { wrapper } = withSession(session);
    const { container } = render(
      <>
        <List />
        <Bob />
      </>,
      { wrapper },
    );
    /** What rendered since. */
    const since = () => {
      const counted = { ...renders };
      for (const name of Object.keys(renders)) delete renders[name];
      return counted;
    };
    since();
    return { container, since };
  }

  it('is of the tile of who speaks, and of nothing else', () => {
    const session = room();
    const { container, since } = countingPage(session);
    act(() => managerOf(session, 'ann').tell('publisherStartSpeaking'));
    expect(since()).toEqual({ ann: 1 });
    expect([...container.querySelectorAll('[data-speaking=true]')].map((tile) => tile.textContent)).toEqual([
      'ann',
    ]);
    act(() => managerOf(session, 'ann').tell('publisherStartSpeaking'));
    expect(since()).toEqual({});
    act(() => managerOf(session, 'ann').tell('publisherStopSpeaking'));
    expect(since()).toEqual({ ann: 1 });
  });

  it('is of the list and the tile of who mutes', () => {
    const session = room();
    const { since } = countingPage(session);
    act(() => {
      Object.assign(managerOf(session, 'bob').stream, { audioActive: false });
      session.tell('streamPropertyChanged');
    });
    expect(since()).toEqual({ list: 1, bob: 1, useParticipant: 1 });
    act(() => session.tell('streamPropertyChanged'));
    expect(since()).toEqual({});
  });

  it('is of nothing when only the connection changes', () => {
    const session = room();
    const renders = { count: 0 };
    const List = memo(() => {
      renders.count += 1;
      return useParticipants().length;
    });
    const { wrapper, change } = withSession(session);
    render(<List />, { wrapper });
    const before = renders.count;
    change({ name: 'reconnecting' });
    change({ name: 'connected' });
    expect(renders.count).toBe(before);
  });
});

it('is not speaking while muted, and listens no longer than somebody looks', () => {
  const ann = new FakeManager(fakeStream('stream-ann'));
  const { result, unmount } = renderHook(() => useIsSpeaking(ann.asManager));
  act(() => ann.tell('publisherStartSpeaking'));
  expect(result.current).toBe(true);
  act(() => {
    Object.assign(ann.stream, { audioActive: false });
    ann.tell('streamPropertyChanged');
  });
  expect(result.current).toBe(false);
  unmount();
  expect(ann.listenerCount).toBe(0);
});
