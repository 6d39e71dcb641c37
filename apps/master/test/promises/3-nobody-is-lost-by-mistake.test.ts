import { setTimeout as sleep } from 'node:timers/promises';
import { createRedis, NodeRegistry } from '@evercall/cluster';
import { eventually, type RedisServer, type SpawnedNode } from '@evercall/testing';
import type { Redis } from 'ioredis';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asker } from '../support/asker.js';
import { TestCluster } from '../support/cluster.js';
import { ids, TestClient } from '../support/test-client.js';

/** Milliseconds; longer than everything that a detector waits for. */
const longMs = 4000;

const ask = asker(() => cluster);
let cluster: TestCluster;
let master: SpawnedNode & { url: string };
let redis: Redis;
let client: TestClient;
let everybody: string[];

beforeAll(async () => {
  cluster = await TestCluster.start({ masters: 2, media: 1 });
  master = await cluster.spawnMaster();
  redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
  await cluster.createSession('calm');
  client = await TestClient.join(master.url, await cluster.token('calm'));
  everybody = await registered();
});
afterAll(async () => {
  client.close();
  redis.disconnect();
  await cluster[Symbol.asyncDispose]();
});

async function registered(): Promise<string[]> {
  return (await new NodeRegistry(redis).list()).map(({ record }) => record.id).toSorted();
}

/** What became of the cluster, after the time in which somebody would have been declared lost. */
async function outcome() {
  await sleep(longMs / 2);
  await client.ask('signal', { type: 'still', data: 'here', to: [] });
  const told = [...client.moved.all(), ...client.ended.all(), ...client.closed.all()];
  return { lost: await redis.smembers('evercall:lost'), registered: await registered(), told };
}

/** Nobody is lost, nobody went, the client noticed nothing. */
const calm = () => ({ lost: [], registered: everybody, told: [] });

async function frozen({ pid }: Pick<RedisServer, 'pid'>, ms: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await sleep(ms);
  process.kill(pid, 'SIGCONT');
}

describe('nobody is declared lost', () => {
  it('because Redis stands still for longer than every time limit', async () => {
    await frozen(cluster.redis, longMs);
    expect(await outcome()).toEqual(calm());
  });

  it('because Redis stands still again and again, each time for less than anybody notices', async () => {
    for (let n = 0; n < 4; n += 1) {
      await frozen(cluster.redis, 900);
      await sleep(50);
    }
    expect(await outcome()).toEqual(calm());
  });

  it('because Redis lets commands wait', async () => {
    await redis.call('CLIENT', 'PAUSE', '3000', 'ALL');
    await sleep(3000);
    expect(await outcome()).toEqual(calm());
  });

  it('because it is slow: busy for 800 ms', async () => {
    for (const node of [master, cluster.media[0]!]) await frozen(node, 800);
    expect(await outcome()).toEqual(calm());
  });

  it('because it answers late all the time', async () => {
    for (let n = 0; n < 8; n += 1) {
      await frozen(master, 450);
      await sleep(30);
    }
    expect(await outcome()).toEqual(calm());
  });

  it('because those who look are slow themselves', async () => {
    const until = performance.now() + 1200;
    // Both masters of this process see nothing and hear nothing meanwhile.
    while (performance.now() < until);
    expect(await outcome()).toEqual(calm());
  });

  it('because somebody says so, how often ever', async () => {
    for (const id of [...everybody, ids.masterId()]) {
      for (let n = 0; n < 2; n += 1) {
        expect((await ask('POST', `/cluster/peers/${id}/lost`)).status).toBe(202);
      }
    }
    const denied = await fetch(`${master.url}/cluster/peers/${everybody[0]}/lost`, { method: 'POST' });
    expect(denied.status).toBe(401);
    expect(await outcome()).toEqual(calm());
  });
});

describe('while Redis stands still', () => {
  it('masters answer who there is, learn of a death from each other, and declare it once Redis is back', async () => {
    const victim = await cluster.spawnMaster();
    const [id] = (await registered()).filter((known) => !everybody.includes(known));
    for (const index of [0, 1]) {
      await eventually(async () =>
        (await ask('GET', '/cluster/peers', { master: index })).text.includes(id!),
      );
    }
    process.kill(cluster.redis.pid, 'SIGSTOP');
    victim.kill('SIGKILL');
    for (const index of [0, 1]) {
      await eventually(async () => {
        const text = (await ask('GET', '/cluster/peers', { master: index })).text;
        expect(JSON.parse(text)).toContainEqual(expect.objectContaining({ id, state: 'lost' }));
      });
    }
    process.kill(cluster.redis.pid, 'SIGCONT');
    await eventually(async () => expect(await redis.smembers('evercall:lost')).toEqual([id]), {
      timeoutMs: 10_000,
    });
    await redis.srem('evercall:lost', id!);
  });
});
