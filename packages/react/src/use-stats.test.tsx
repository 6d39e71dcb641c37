import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeManager } from './testing/fake-manager.js';
import { fakeStream } from './testing/fake-session.js';
import { useStats } from './use-stats.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const report = (packets: number): RTCStatsReport => new Map([['in', { packets }]]);
const packets = (stats: RTCStatsReport): number => stats.get('in')?.packets;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

it('reads again and again, goes on after a transport was replaced, and forgets another stream', async () => {
  const first = new FakeManager(fakeStream('1'));
  first.stats = vi
    .fn<FakeManager['stats']>()
    .mockResolvedValueOnce(report(1))
    .mockRejectedValueOnce(new Error('replaced'))
    .mockResolvedValue(report(2));
  const second = new FakeManager(fakeStream('2'));
  second.stats = () => new Promise(() => undefined);
  const { result, rerender } = renderHook(({ manager }) => useStats(manager.asManager), {
    initialProps: { manager: first },
  });
  expect(result.current).toBeUndefined();
  await pass(0);
  expect(packets(result.current!)).toBe(1);
  await pass(1000);
  expect(packets(result.current!)).toBe(1);
  await pass(1000);
  expect(packets(result.current!)).toBe(2);
  rerender({ manager: second });
  expect(result.current).toBeUndefined();
});

it('renders only when what was selected changes', async () => {
  const manager = new FakeManager(fakeStream('1'));
  manager.stats = vi
    .fn<FakeManager['stats']>()
    .mockResolvedValueOnce(report(1))
    .mockResolvedValueOnce(report(1))
    .mockResolvedValue(report(2));
  let renders = 0;
  const { result } = renderHook(() => {
    renders += 1;
    return useStats(manager.asManager, { intervalMs: 200, select: packets });
  });
  await pass(0);
  expect(result.current).toBe(1);
  const before = renders;
  await pass(200);
  expect(renders).toBe(before);
  await pass(200);
  expect(result.current).toBe(2);
});
