import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeCluster, type FakeSocket } from '../testing/fake-cluster.js';
import { ids } from '../testing/fixtures.js';
import { RequestQueue } from './request-queue.js';
import type { Wire } from './wire.js';

const chat = { type: '', data: '', to: [] };

async function setUp() {
  const cluster = new FakeCluster();
  const onUnanswered = vi.fn<(wire: Wire) => void>();
  const queue = new RequestQueue({ ids, random: () => 0, onUnanswered });
  const attach = async (): Promise<FakeSocket> => {
    await cluster.open({ onMessage: () => undefined, onClose: () => undefined });
    queue.attach(cluster.latest, 5000);
    queue.release('open');
    return cluster.latest;
  };
  return { cluster, queue, attach, onUnanswered };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('RequestQueue', () => {
  it('keeps requests until there is a socket', async () => {
    const { queue, attach } = await setUp();
    const asked = queue.ask('signal', chat);
    const socket = await attach();
    socket.answer('signal', {});
    await expect(asked).resolves.toEqual({});
  });

  it('asks again under the same id after a refusal that may heal, after the delay that was told', async () => {
    const { queue, attach } = await setUp();
    const socket = await attach();
    const asked = queue.ask('signal', chat);
    socket.answer('signal', { code: 'STATE_UNAVAILABLE', message: '', retryAfterMs: 1000 });
    await vi.advanceTimersByTimeAsync(1050);
    expect(socket.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(socket.asked[1]).toEqual(socket.asked[0]);
    socket.answer('signal', {});
    await expect(asked).resolves.toEqual({});
  });

  it('gives a refusal on after eight more tries', async () => {
    const { cluster, queue, attach } = await setUp();
    cluster.on('signal', () => ({ code: 'CONFLICT', message: '' }));
    const socket = await attach();
    const failure = queue.ask('signal', chat).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await failure).toMatchObject({ code: 'CONFLICT' });
    expect(socket.asked).toHaveLength(9);
  });

  it('gives a final refusal on at once', async () => {
    const { cluster, queue, attach } = await setUp();
    await attach();
    cluster.on('signal', () => ({ code: 'TOO_LARGE', message: 'too large', field: 'data' }));
    await expect(queue.ask('signal', chat)).rejects.toMatchObject({
      code: 'TOO_LARGE',
      message: 'too large (data)',
    });
  });

  it('keeps what a socket refuses that another one replaced, for that other one', async () => {
    const { cluster, queue, attach, onUnanswered } = await setUp();
    const old = await attach();
    const asked = queue.ask('signal', chat);
    old.answer('signal', { code: 'STALE_SOCKET', message: '' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(old.asked).toHaveLength(1);
    expect(onUnanswered).toHaveBeenCalledExactlyOnceWith(old);
    cluster.on('signal', () => ({}));
    await attach();
    await expect(asked).resolves.toEqual({});
  });

  it('takes a good answer from an old socket, too', async () => {
    const { queue, attach } = await setUp();
    const old = await attach();
    const asked = queue.ask('signal', chat);
    await attach();
    old.answer('signal', {});
    await expect(asked).resolves.toEqual({});
  });

  it('drops what speaks of transports that are gone, and nothing else', async () => {
    const { queue, attach } = await setUp();
    const socket = await attach();
    const media = queue.ask('restartIce', { direction: 'send', generation: 1 }, { media: true });
    const other = queue.ask('signal', chat);
    queue.dropMedia();
    await expect(media).rejects.toMatchObject({ reason: 'mediaReplaced' });
    socket.answer('signal', {});
    await expect(other).resolves.toEqual({});
  });
});
