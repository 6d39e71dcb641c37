import { errors } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MediaError } from '../errors/media-error.js';
import { callWorker, workerTimeoutMs } from './call-worker.js';

const base = { what: 'do it', refusedAs: 'EXHAUSTED' } as const;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('callWorker', () => {
  it('gives the answer and leaves no timer', async () => {
    await expect(callWorker({ ...base, call: async () => 'made' })).resolves.toBe('made');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up in time, and takes back what is made too late', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const takenBack: string[] = [];
    const call = callWorker({ ...base, call: () => promise, onLate: (late) => takenBack.push(late) });
    const code = call.catch((error: unknown) => error instanceof MediaError && error.code);
    await vi.advanceTimersByTimeAsync(workerTimeoutMs);
    await expect(code).resolves.toBe('WORKER_UNAVAILABLE');
    expect(takenBack).toEqual([]);
    resolve('made');
    await vi.advanceTimersByTimeAsync(0);
    expect(takenBack).toEqual(['made']);
  });

  it('takes nothing back that came in time', async () => {
    const takenBack: string[] = [];
    await callWorker({ ...base, call: async () => 'made', onLate: (late) => takenBack.push(late) });
    await vi.advanceTimersByTimeAsync(workerTimeoutMs);
    expect(takenBack).toEqual([]);
  });

  it.each([
    [new TypeError('wrong'), 'PARAMETERS_REFUSED'],
    [new errors.UnsupportedError('codec'), 'PARAMETERS_REFUSED'],
    [new errors.WorkerClosedError('gone'), 'WORKER_UNAVAILABLE'],
    [new Error('no more ports'), 'EXHAUSTED'],
  ])('names %s', async (error, code) => {
    const call = async (): Promise<never> => {
      throw error;
    };
    await expect(callWorker({ ...base, call })).rejects.toMatchObject({ code });
  });
});
