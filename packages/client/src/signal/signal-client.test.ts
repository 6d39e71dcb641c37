import type { Result } from '@evercall/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flush, signalJoined as join, signalSetUp as setUp } from '../testing/fake-signal.js';
import { at, joined, resumed, snapshot } from '../testing/fixtures.js';
import type { Restoring } from './restoring.js';
import { RequestDroppedError, SignalError, WireClosedError } from './signal-error.js';

/** All of it counts as asked for only when it is done. */
function mediaIsRestoredBy(done: Promise<void>): Restoring {
  return { gate: 'media', asked: done, done };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timer(s) outlived the connection`);
});

describe('joining', () => {
  it('tries refused sockets again, under one id', async () => {
    const { cluster, client, told } = setUp();
    cluster.faults.push('refuse', 'refuse');
    const connecting = client.connect();
    await vi.advanceTimersByTimeAsync(1000);
    await connecting;
    expect(cluster.attempts).toBe(3);
    expect(told).toEqual(['connecting', 'onJoined', 'connected']);
  });

  it('asks again with the same id when the socket closes before the answer', async () => {
    const { cluster, client } = setUp();
    cluster.answers.delete('connect');
    const connecting = client.connect();
    await flush();
    cluster.latest.drop();
    cluster.on('connect', () => joined());
    await vi.advanceTimersByTimeAsync(1000);
    await connecting;
    const [first, second] = cluster.sockets.map((socket) => socket.asked[0]?.id);
    expect(second).toBe(first);
  });

  it('rejects when no master can be reached for a while', async () => {
    const { cluster, client, told } = setUp();
    cluster.faults.push(...Array.from({ length: 100 }, () => 'refuse' as const));
    const failure = client.connect().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await failure).toBeInstanceOf(WireClosedError);
    expect(told).toEqual(['connecting', 'ended']);
  });

  it('rejects at once when the token is refused', async () => {
    const { cluster, client } = setUp();
    cluster.on('connect', () => ({ code: 'TOKEN_INVALID', message: 'used already' }));
    await expect(client.connect()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(cluster.attempts).toBe(1);
  });

  it('waits as long as a master without room says, and asks again', async () => {
    const { cluster, client } = setUp();
    let asked = 0;
    cluster.on('connect', () => {
      asked += 1;
      return asked < 3 ? { code: 'NO_MEDIA_NODE', message: 'none', retryAfterMs: 700 } : joined();
    });
    const connecting = client.connect();
    await vi.advanceTimersByTimeAsync(650);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    await connecting;
    expect(asked).toBe(3);
  });

  it('loads new capabilities and asks again with the same id on the same socket', async () => {
    const { cluster, client, told } = setUp();
    const capabilities = { hash: 'new', rtpCapabilities: {} };
    const answers: object[] = [{ code: 'CAPABILITIES_CHANGED', message: '', capabilities }, joined()];
    cluster.on('connect', () => answers.shift());
    await client.connect();
    expect(told).toContain('capabilities new');
    expect(cluster.sockets).toHaveLength(1);
    expect(cluster.latest.asked[0]?.id).toBe(cluster.latest.asked[1]?.id);
  });

  it('delivers what came right behind the answer after the answer', async () => {
    const { cluster, client, told } = setUp();
    cluster.on('connect', (_, socket) => {
      socket.say({ name: 'position', payload: at(11) });
      return joined();
    });
    await client.connect();
    expect(told).toEqual(['connecting', 'onJoined', 'connected', 'position']);
  });

  it('rejects when it is closed meanwhile', async () => {
    const { cluster, client } = setUp();
    cluster.answers.delete('connect');
    const failure = client.connect().catch((error: unknown) => error);
    await flush();
    client.close();
    expect(await failure).toBeInstanceOf(Error);
    expect(cluster.latest.closed).toBe(true);
  });
});

describe('a lost socket', () => {
  it('is replaced at once: resume first, then what was unanswered, in order and under the same ids', async () => {
    const { cluster, client, told } = await join();
    const signal = client.ask('signal', { type: 'a', data: '', to: [] });
    const unpublish = client.ask('leave', {});
    const before = cluster.latest.asked.slice(1);
    cluster.answers.delete('resume');
    cluster.latest.drop();
    await flush();
    expect(told).toEqual(['reconnecting']);
    const late = client.ask('signal', { type: 'b', data: '', to: [] });
    expect(cluster.latest.methods).toEqual(['resume']);
    expect(cluster.lastParams('resume').resumeToken).toBe('resume-1');
    cluster.on('signal', () => ({})).on('leave', () => ({}));
    cluster.latest.answer('resume', resumed());
    await Promise.all([signal, unpublish, late]);
    expect(cluster.latest.methods).toEqual(['resume', 'signal', 'leave', 'signal']);
    expect(cluster.latest.asked.slice(1, 3)).toEqual(before);
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
  });

  it('takes the newest resume token the next time', async () => {
    const { cluster } = await join();
    cluster.latest.drop();
    await flush();
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(100);
    expect(cluster.lastParams('resume').resumeToken).toBe('resume-2');
  });

  it.each([
    {
      answer: { code: 'CONNECTION_ENDED', message: '', reason: 'forceDisconnectByUser' },
      reason: 'forceDisconnectByUser',
    },
    { answer: { code: 'CONNECTION_ENDED', message: '', reason: 'nodeCrashed' }, reason: 'nodeCrashed' },
    { answer: { code: 'RESUME_DENIED', message: '' }, reason: 'networkDisconnect' },
  ])('ends with $reason when the resume is refused so', async ({ answer, reason }) => {
    const { cluster, client, told } = await join();
    const waiting = client.ask('signal', { type: '', data: '', to: [] }).catch((error: unknown) => error);
    cluster.on('resume', () => answer);
    cluster.latest.drop();
    await flush();
    expect(await waiting).toEqual(new RequestDroppedError('ended'));
    expect(told).toEqual(['reconnecting', 'ended', `ended: ${reason}`]);
  });

  it('gives up when nobody can be reached for grace and margin', async () => {
    const { cluster, told } = await join();
    cluster.faults.push(...Array.from({ length: 100 }, () => 'refuse' as const));
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(19_000);
    expect(told).toEqual(['reconnecting']);
    await vi.advanceTimersByTimeAsync(4000);
    expect(told).toEqual(['reconnecting', 'ended', 'ended: networkDisconnect']);
  });

  it('goes on for as long as masters answer that they will have it later', async () => {
    const { cluster, client, told } = await join();
    cluster.on('resume', () => ({ code: 'STATE_UNAVAILABLE', message: 'Redis is away', retryAfterMs: 500 }));
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(told).toEqual(['reconnecting']);
    cluster.on('resume', () => resumed());
    await vi.advanceTimersByTimeAsync(3000);
    expect([told, client.state]).toEqual([['reconnecting', 'onResumed', 'connected'], 'connected']);
  });

  it('resumes once more when the new socket closes right after the answer', async () => {
    const { cluster, client, told } = await join();
    let resumes = 0;
    cluster.on('resume', (_, socket) => {
      resumes += 1;
      if (resumes === 1) queueMicrotask(() => socket.drop());
      return resumed();
    });
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(resumes).toBe(2);
    expect(client.state).toBe('connected');
    expect(told.at(-1)).toBe('connected');
  });

  it('is not asked for in a tight loop by masters that accept and close', async () => {
    const { cluster, client } = await join();
    cluster.on('resume', (_, socket) => {
      setTimeout(() => socket.drop(), 1);
      return resumed();
    });
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(cluster.attempts).toBeLessThan(12);
    client.close();
  });

  it('is given up when a request is not answered in time', async () => {
    const { cluster, client, told } = await join();
    const signal = client.ask('signal', { type: '', data: '', to: [] });
    const [first] = cluster.sockets;
    cluster.on('signal', () => ({}));
    await vi.advanceTimersByTimeAsync(5000);
    await signal;
    expect(first?.closed).toBe(true);
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
  });

  it('lets only requests about media pass while media is rebuilt', async () => {
    let rebuilt: () => void = () => undefined;
    const { cluster, client, told } = await join({
      onResumed: () =>
        mediaIsRestoredBy(
          new Promise<void>((resolve) => {
            rebuilt = resolve;
          }),
        ),
    });
    cluster.on('unpublish', () => ({})).on('restartIce', () => ({ iceParameters: {} }));
    cluster.latest.drop();
    await flush();
    const chat = client.ask('signal', { type: '', data: '', to: [] });
    await client.ask('restartIce', { direction: 'send', generation: 1 }, { media: true });
    expect(cluster.latest.methods).toEqual(['resume', 'restartIce']);
    cluster.on('signal', () => ({}));
    rebuilt();
    await chat;
    expect(cluster.latest.methods).toEqual(['resume', 'restartIce', 'signal']);
    expect(told).toEqual(['reconnecting', 'connected']);
  });

  it('starts over when the socket is lost while media is rebuilt', async () => {
    const turns: (() => void)[] = [];
    const { cluster, client } = await join({
      onResumed: () => mediaIsRestoredBy(new Promise<void>((resolve) => void turns.push(resolve))),
    });
    cluster.latest.drop();
    await flush();
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(100);
    turns[0]?.();
    await flush();
    expect(client.state).toBe('reconnecting');
    turns[1]?.();
    await flush();
    expect(client.state).toBe('connected');
  });
});

describe('a master that says goodbye', () => {
  it('is left for another one without a word to the application', async () => {
    const { cluster, client, told } = await join();
    const [old] = cluster.sockets;
    cluster.answers.delete('resume');
    old?.say({ name: 'goAway', payload: { delayMs: 200 } });
    await vi.advanceTimersByTimeAsync(199);
    expect(cluster.sockets).toHaveLength(1);
    const signal = client.ask('signal', { type: '', data: '', to: [] });
    await vi.advanceTimersByTimeAsync(1);
    old?.say({ name: 'position', payload: at(12) });
    expect(old?.closed).toBe(false);
    cluster.on('signal', () => ({}));
    cluster.latest.answer('resume', resumed());
    await signal;
    expect(old?.closed).toBe(true);
    expect(old?.asked.at(-1)?.id).toBe(cluster.latest.asked.at(-1)?.id);
    expect(told).toEqual(['position', 'onResumed']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(told).toEqual(['position', 'onResumed']);
  });

  it('is told of when it takes longer than a second', async () => {
    const { cluster, told } = await join();
    cluster.answers.delete('resume');
    cluster.latest.say({ name: 'goAway', payload: { delayMs: 0 } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['reconnecting']);
    cluster.latest.answer('resume', resumed());
    await flush();
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
  });

  it('is told of at once when it dies before another one took over', async () => {
    const { cluster, told } = await join();
    cluster.faults.push('refuse');
    const [old] = cluster.sockets;
    old?.say({ name: 'goAway', payload: { delayMs: 100 } });
    old?.drop();
    expect(told).toEqual(['reconnecting']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
  });
});

describe('the end', () => {
  it('is told with the reason of the master', async () => {
    const { cluster, told } = await join();
    cluster.latest.say({ name: 'ended', payload: { reason: 'forceDisconnectByServer' } });
    expect(told).toEqual(['ended', 'ended: forceDisconnectByServer']);
    expect(cluster.latest.closed).toBe(true);
  });

  it('by leaving says goodbye, then closes, and is not told back', async () => {
    const { cluster, client, told } = await join();
    client.leave();
    expect(cluster.latest.methods.at(-1)).toBe('leave');
    expect(cluster.latest.closed).toBe(false);
    cluster.latest.answer('leave', {});
    await flush();
    expect(cluster.latest.closed).toBe(true);
    expect(told).toEqual(['ended']);
  });

  it('by leaving does not wait for a silent master', async () => {
    const { cluster, client } = await join();
    client.leave();
    await vi.advanceTimersByTimeAsync(1000);
    expect(cluster.latest.closed).toBe(true);
  });

  it('refuses later requests', async () => {
    const { client } = await join();
    client.close();
    await expect(client.ask('signal', { type: '', data: '', to: [] })).rejects.toEqual(
      new RequestDroppedError('ended'),
    );
  });
});

describe('answers of an unknown shape', () => {
  it('are refused instead of trusted', async () => {
    const { cluster, client } = setUp();
    const broken: Partial<Result<'connect'>> = { snapshot: snapshot({}) };
    cluster.on('connect', () => broken);
    await expect(client.connect()).rejects.toBeInstanceOf(SignalError);
  });
});
