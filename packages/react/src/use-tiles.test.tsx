import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeSession, fakeConnection, fakeStream } from './testing/fake-session.js';
import { useTiles } from './use-tiles.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function room(life: number) {
  const session = new FakeSession();
  session.connection = fakeConnection(`me${life}`, 'Me');
  for (const name of ['Ann', 'Bob']) {
    const id = `${name}${life}`;
    session.remoteConnections.set(id, fakeConnection(id, name, [fakeStream(`stream-${id}`)]));
  }
  return session;
}

interface Props {
  session: FakeSession | undefined;
  rejoining?: boolean;
}

function show(initialProps: Props) {
  return renderHook(
    ({ session, rejoining = false }: Props) =>
      useTiles({ session: session?.asSession, ownName: 'Me', rejoining }),
    { initialProps },
  );
}

it('has our place before there is a session', () => {
  const { result } = show({ session: undefined });
  expect(result.current).toMatchObject([{ key: 'own', name: 'Me', manager: undefined }]);
});

it('gives the same tiles for who did not change', () => {
  const session = room(1);
  const { result, rerender } = show({ session });
  const before = result.current;
  expect(before.map(({ name }) => name)).toEqual(['Me', 'Ann', 'Bob']);
  rerender({ session });
  expect(result.current).toBe(before);
  act(() => {
    Object.assign(session.remoteConnections.get('Bob1')!.streams[0]!, { videoActive: false });
    session.tell('streamPropertyChanged');
  });
  expect(result.current[1]).toBe(before[1]);
  expect(result.current[2]).toMatchObject({ name: 'Bob', videoActive: false });
});

it('keeps the places while the session is joined again, and who does not return loses it after a while', () => {
  const { result, rerender } = show({ session: room(1) });
  const names = () => result.current.map(({ name, manager }) => `${name} ${manager ? 'there' : 'away'}`);
  rerender({ session: undefined, rejoining: true });
  expect(names()).toEqual(['Me away', 'Ann away', 'Bob away']);
  const next = room(2);
  next.remoteConnections.delete('Ann2');
  rerender({ session: next });
  expect(names()).toEqual(['Me away', 'Ann away', 'Bob there']);
  act(() => void vi.advanceTimersByTime(4_000));
  expect(names()).toEqual(['Me away', 'Bob there']);
});

it('gives the places up at once when joining again is given up', () => {
  const { result, rerender } = show({ session: room(1) });
  rerender({ session: undefined, rejoining: true });
  rerender({ session: undefined });
  act(() => void vi.advanceTimersByTime(0));
  expect(result.current.map(({ name }) => name)).toEqual(['Me']);
});
