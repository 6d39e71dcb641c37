import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IceRestarter } from './ice-restarter.js';

function setUp() {
  const restart = vi.fn<() => Promise<void>>(async () => undefined);
  const onFailed = vi.fn<(value?: unknown) => void>();
  return { restart, onFailed, restarter: new IceRestarter({ restart, onFailed, onError: () => undefined }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('IceRestarter', () => {
  it('leaves a short break alone', async () => {
    const { restart, restarter } = setUp();
    restarter.changed('disconnected');
    await vi.advanceTimersByTimeAsync(1400);
    restarter.changed('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart).not.toHaveBeenCalled();
  });

  it('restarts after a longer break, and at once when the transport failed', async () => {
    const { restart, restarter } = setUp();
    restarter.changed('disconnected');
    await vi.advanceTimersByTimeAsync(1500);
    expect(restart).toHaveBeenCalledTimes(1);
    const other = setUp();
    other.restarter.changed('failed');
    await vi.advanceTimersByTimeAsync(0);
    expect(other.restart).toHaveBeenCalledTimes(1);
    restarter.close();
    other.restarter.close();
  });

  it('goes on with pauses when it does not help, tells once that it failed, and stops when it is closed', async () => {
    const { restart, onFailed, restarter } = setUp();
    restarter.changed('failed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart.mock.calls.length).toBeGreaterThan(3);
    expect(restart.mock.calls.length).toBeLessThan(12);
    expect(onFailed).toHaveBeenCalledTimes(1);
    restarter.close();
    restart.mockClear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart).not.toHaveBeenCalled();
  });
});

describe('a restart that waits for a master', () => {
  it('is the only one, however long it takes, and has its time to help afterwards', async () => {
    const { restart, onFailed, restarter } = setUp();
    let answered: () => void = () => undefined;
    restart.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answered = resolve;
        }),
    );
    restarter.changed('disconnected');
    await vi.advanceTimersByTimeAsync(1500);
    restarter.changed('failed');
    void restarter.now();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart).toHaveBeenCalledTimes(1);
    answered();
    await vi.advanceTimersByTimeAsync(4000);
    expect(restart).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(restart).toHaveBeenCalledTimes(2);
    expect(onFailed).not.toHaveBeenCalled();
    restarter.close();
  });

  it('needs no other one if the transport is back', async () => {
    const { restart, restarter } = setUp();
    restarter.changed('disconnected');
    await vi.advanceTimersByTimeAsync(1500);
    restarter.changed('connected');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(restart).toHaveBeenCalledTimes(1);
  });
});
