import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flush, signalJoined } from '../testing/fake-signal.js';
import { resumed } from '../testing/fixtures.js';
import type { Restoring } from './restoring.js';
import type { Absence } from './signal-handlers.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timer(s) outlived the connection`);
});

const refusals = (count: number) => Array.from({ length: count }, () => 'refuse' as const);

describe('what a resume tells of the time without a master', () => {
  async function joined() {
    const absences: Absence[] = [];
    const all = await signalJoined({
      resumeParams: (absence) => {
        absences.push(absence);
        return {
          protocol: 1,
          position: { epoch: 1, sequence: 10 },
          generation: 1,
          transports: { send: 'connected', recv: 'connected' },
          capabilitiesHash: '',
          rtpCapabilities: {},
          streams: [],
          subscriptions: [],
        };
      },
    });
    return { ...all, absences };
  }

  it('is how long it took, and that the socket broke', async () => {
    const { cluster, client, absences } = await joined();
    cluster.faults.push(...refusals(3));
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(absences).toEqual([{ awayMs: 700, broke: true }]);
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(absences[1]).toMatchObject({ broke: true });
    expect(absences[1]?.awayMs).toBeLessThan(300);
    client.close();
  });

  it('is nothing when the master had said that it goes', async () => {
    const { cluster, client, absences } = await joined();
    cluster.latest.say({ name: 'goAway', payload: { delayMs: 0 } });
    await flush();
    expect(absences).toEqual([{ awayMs: undefined, broke: false }]);
    client.close();
  });

  it('blames nobody for a socket that breaks while it is left', async () => {
    const { cluster, client, absences } = await joined();
    cluster.latest.say({ name: 'goAway', payload: { delayMs: 200 } });
    cluster.latest.drop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(absences).toEqual([{ awayMs: 200, broke: false }]);
    client.close();
  });
});

describe('many clients of one dead master', () => {
  it('come as late as the next master says, each a little later than that', async () => {
    const { cluster, client, told } = await signalJoined();
    cluster.on('resume', () => ({ code: 'RATE_LIMITED', message: 'too many', retryAfterMs: 1600 }));
    cluster.latest.drop();
    await flush();
    cluster.on('resume', () => resumed());
    await vi.advanceTimersByTimeAsync(1599);
    expect([cluster.sockets.length, told]).toEqual([2, ['reconnecting']]);
    await vi.advanceTimersByTimeAsync(401);
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
    client.close();
  });
});

describe('a machine that slept', () => {
  it('asks once more however late it is, to hear the true reason', async () => {
    const { cluster, told } = await signalJoined();
    cluster.faults.push('refuse');
    cluster.latest.drop();
    await flush();
    vi.setSystemTime(Date.now() + 3_600_000);
    const reason = 'sessionClosedByServer';
    cluster.on('resume', () => ({ code: 'CONNECTION_ENDED', message: 'over', reason }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual(['reconnecting', 'ended', `ended: ${reason}`]);
  });
});

describe('a network or a page that is back', () => {
  it('gets another socket at once if the network changed, without a word while that works', async () => {
    const { cluster, client, told } = await signalJoined();
    const [old] = cluster.sockets;
    client.wake('network');
    client.wake('network');
    await flush();
    expect([cluster.sockets.length, old?.closed, told]).toEqual([2, true, ['onResumed']]);
    client.close();
  });

  it('keeps the socket of a page that was hidden while it is heard of', async () => {
    const { cluster, client } = await signalJoined();
    cluster.latest.say({ name: 'position', payload: { epoch: 1, sequence: 11 } });
    await vi.advanceTimersByTimeAsync(2000);
    client.wake('page');
    await flush();
    expect(cluster.sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    client.wake('page');
    await flush();
    expect(cluster.sockets).toHaveLength(2);
    client.close();
  });
});

describe('media that is interrupted on a socket that is well', () => {
  /** Something to be waited for, and how it is over. */
  function pending(gate: Restoring['gate']) {
    const over = { asked: (): void => undefined, done: (): void => undefined };
    const asked = new Promise<void>((resolve) => {
      over.asked = resolve;
    });
    const done = new Promise<void>((resolve) => {
      over.done = resolve;
    });
    return { restoring: { gate, asked, done } satisfies Restoring, over };
  }

  it.each<[Restoring['gate'], string[], string[]]>([
    ['media', ['restartIce'], ['restartIce', 'signal']],
    ['plain', ['signal'], ['signal', 'restartIce']],
  ])('lets %s requests pass until all is asked for, and is over when it is done', async (gate, at, later) => {
    const { cluster, client, told } = await signalJoined();
    cluster.on('signal', () => ({})).on('restartIce', () => ({ iceParameters: {} }));
    const { restoring, over } = pending(gate);
    client.interrupt(restoring);
    cluster.latest.asked.length = 0;
    const answered = Promise.all([
      client.ask('restartIce', { direction: 'send', generation: 1 }, { media: true }),
      client.ask('signal', { type: '', data: '', to: [] }),
    ]);
    await flush();
    expect([cluster.latest.methods, told, client.state]).toEqual([at, ['reconnecting'], 'reconnecting']);
    over.asked();
    await answered;
    expect([cluster.latest.methods, client.state]).toEqual([later, 'reconnecting']);
    over.done();
    await flush();
    expect([told, client.state]).toEqual([['reconnecting', 'connected'], 'connected']);
    client.close();
  });

  it('waits for the newest cause alone', async () => {
    const { client, told } = await signalJoined();
    const [first, second] = [pending('media'), pending('media')];
    client.interrupt(first.restoring);
    client.interrupt(second.restoring);
    first.over.done();
    await flush();
    expect(told).toEqual(['reconnecting']);
    second.over.done();
    await flush();
    expect(told).toEqual(['reconnecting', 'connected']);
    client.close();
  });

  it('still has a socket to say goodbye on', async () => {
    const { cluster, client } = await signalJoined();
    client.interrupt(pending('media').restoring);
    client.leave();
    expect(cluster.latest.methods.at(-1)).toBe('leave');
    await vi.advanceTimersByTimeAsync(1000);
  });

  it('and a master that goes make one interruption, told once, over when both are', async () => {
    const { cluster, client, told } = await signalJoined();
    const { restoring, over } = pending('media');
    client.interrupt(restoring);
    cluster.answers.delete('resume');
    cluster.latest.say({ name: 'goAway', payload: { delayMs: 0 } });
    await flush();
    over.done();
    await flush();
    expect(told).toEqual(['reconnecting']);
    cluster.latest.answer('resume', resumed());
    await flush();
    expect(told).toEqual(['reconnecting', 'onResumed', 'connected']);
    client.close();
  });
});
