import { SessionId } from '@evercall/protocol';
import { startRedis } from '@evercall/testing';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { createRedis, type Greeting, SessionStore, type StateRedis } from '../src/index.js';
import { retention } from './fixture.js';

const logger = pino({ level: 'silent' });

async function opened(url: string): Promise<StateRedis> {
  const redis = createRedis(url, logger);
  await redis.reach('opening', async () => undefined);
  return redis;
}

/** Resolves with the next greeting, before the gate opens. */
function nextGreeting(redis: StateRedis): Promise<Greeting> {
  const { promise, resolve } = Promise.withResolvers<Greeting>();
  redis.gate.onGreeted(async (greeting) => resolve(greeting));
  return promise;
}

const isOpen = (redis: StateRedis) => new Promise<void>((resolve) => redis.gate.onOpened(resolve));

describe('the shared state', () => {
  it('is open at once at the very first start', async () => {
    await using server = await startRedis();
    const redis = await opened(server.url);
    expect([redis.gate.level, redis.gate.epoch]).toEqual(['open', 1]);
    expect(await redis.hget('evercall:cluster', 'since')).toBe('0');
    redis.disconnect();
  });

  it.each(['everything', 'nothing'] as const)(
    'that comes back with %s begins the next epoch for everybody',
    async (data) => {
      await using server = await startRedis({ durable: true });
      const clients = [await opened(server.url), await opened(server.url)];
      const greetings = clients.map(nextGreeting);
      const openings = clients.map(isOpen);
      await server.kill();
      await server.startAgain(data);
      expect(await Promise.all(greetings)).toEqual([
        { epoch: 2, isLossy: true },
        { epoch: 2, isLossy: true },
      ]);
      await Promise.all(openings);
      for (const client of clients) client.disconnect();
    },
  );

  it('that somebody new took for the first one begins the next epoch when somebody comes who remembers', async () => {
    await using server = await startRedis();
    const old = await opened(server.url);
    process.kill(server.pid, 'SIGSTOP');
    old.disconnect(true);
    await server.kill();
    await server.startAgain('nothing');
    const [fresh] = await Promise.all([opened(server.url), isOpen(old)]);
    fresh.greetAgain();
    await fresh.reach('again', async () => undefined);
    expect([old.gate.epoch, fresh.gate.epoch]).toEqual([2, 2]);
    for (const client of [old, fresh]) client.disconnect();
  });

  it('is told again which nodes are lost', async () => {
    await using server = await startRedis();
    const redis = await opened(server.url);
    redis.gate.rememberLosses({ media_Lost0000: '{"by":"master_A"}' });
    const opening = isOpen(redis);
    await server.kill();
    await server.startAgain('nothing');
    await opening;
    expect(await redis.smembers('evercall:lost')).toEqual(['media_Lost0000']);
    expect(await redis.hgetall('evercall:losses')).toEqual({ media_Lost0000: '{"by":"master_A"}' });
    redis.disconnect();
  });

  it('that was emptied while it ran is found out when something is missing', async () => {
    await using server = await startRedis();
    const redis = await opened(server.url);
    const store = new SessionStore(redis, 'master_Aaaaaaaa', retention);
    expect(await store.read(SessionId.parse('none'))).toBeUndefined();
    const greeting = nextGreeting(redis);
    await redis.flushall();
    await expect(store.read(SessionId.parse('none'))).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    expect(await greeting).toEqual({ epoch: 2, isLossy: true });
    redis.disconnect();
  });
});
