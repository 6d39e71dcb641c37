import { createRedis, NodeRegistry } from '@evercall/cluster';
import { eventually } from '@evercall/testing';
import type { Redis } from 'ioredis';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';
import { exists, workersOf } from '../support/workers.js';

const patience = { timeoutMs: 15_000 };
let cluster: TestCluster;
let redis: Redis;
beforeEach(async () => {
  cluster = await TestCluster.start({ media: 2 });
  redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
  await cluster.createSession('final');
});
afterEach(async () => {
  redis.disconnect();
  await cluster[Symbol.asyncDispose]();
});

async function isLost(id: string): Promise<void> {
  await eventually(async () => new NodeRegistry(redis).isLost(id), patience);
}

describe('a lost node that wakes up', () => {
  it('as a master: carries out nothing of what waited in its sockets, and ends', async () => {
    const victim = await cluster.spawnMaster();
    const ann = await TestClient.join(victim.url, await cluster.token('final'));
    const bob = await TestClient.join(cluster.master(0).url, await cluster.token('final'));
    victim.kill('SIGSTOP');
    // It stands in the frozen master's socket.
    void ann.ask('signal', { type: 'late', data: 'from the grave', to: [] }).catch(() => undefined);
    await isLost(ann.joined.servedBy.masterId);
    const twin = new TestClient(cluster.master(1).url);
    twin.joined = ann.joined;
    await twin.resume(cluster.master(1).url);
    victim.kill('SIGCONT');
    expect(await victim.exited()).toMatchObject({ code: 1 });
    await twin.ask('signal', { type: 'now', data: 'from the living', to: [] });
    await bob.event('signal');
    expect(bob.seen('signal')).toMatchObject([{ data: 'from the living' }]);
    for (const client of [ann, bob, twin]) client.close();
  });

  it('as a media node: takes no command for what was moved away, ends its workers and itself', async () => {
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token('final'));
    const { mediaNodeId, mediaNodeName } = ann.joined.servedBy;
    const node = cluster.media[Number(mediaNodeName.split('-')[1]) - 1]!;
    const workers = workersOf(node);
    node.kill('SIGSTOP');
    await isLost(mediaNodeId);
    const { media } = await ann.moved.next();
    expect(media.mediaNodeId).not.toBe(mediaNodeId);
    node.kill('SIGCONT');
    expect(await node.exited()).toMatchObject({ code: 1 });
    await eventually(() => workers.every((pid) => !exists(pid)));
    // What is asked for its generation is refused wherever it is asked.
    await expect(ann.ask('restartIce', { direction: 'send', generation: 1 })).rejects.toMatchObject({
      error: { code: 'MEDIA_UNAVAILABLE' },
    });
    ann.close();
  });
});

describe('a node that is declared lost while it lives', () => {
  it('ends, and comes back as another one at most: a master', async () => {
    const victim = await cluster.spawnMaster();
    const ann = await TestClient.join(victim.url, await cluster.token('final'));
    const nodeId = ann.joined.servedBy.masterId;
    await new NodeRegistry(redis).declareLost({ nodeId, by: 'test', cause: 'silent' });
    await expect(ann.ask('signal', { type: 'late', data: '', to: [] })).rejects.toBeInstanceOf(Error);
    expect(await victim.exited()).toMatchObject({ code: 1 });
    await ann.resume(cluster.master(0).url);
    ann.close();
  });
});

describe('another run of a process', () => {
  it('on the port of one that was killed is enough to know that the one before is dead', async () => {
    const victim = await cluster.spawnMaster();
    const ann = await TestClient.join(victim.url, await cluster.token('final'));
    const { masterId } = ann.joined.servedBy;
    victim.kill('SIGKILL');
    await cluster.spawnMaster({ port: Number(new URL(victim.url).port) });
    await isLost(masterId);
    const resumed = await ann.resume(victim.url);
    expect(resumed.servedBy.masterId).not.toBe(masterId);
    ann.close();
  });
});
