import { createRedis } from '@evercall/cluster';
import { SessionId } from '@evercall/protocol';
import { eventually } from '@evercall/testing';
import pino from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asking, heard, hears, say } from './support/asking.js';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

// Whole clusters start, and Redis is waited for: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

describe('Redis that comes back', () => {
  it('with all its data is an interruption of changes and nothing else', async () => {
    cluster = await TestCluster.start({ durable: true });
    await cluster.createSession('kept');
    const [ann, bob] = [await join('kept', 0), await join('kept', 1)];
    await ann.publish();
    await say(bob, '1');
    await cluster.redis.kill();
    await cluster.redis.startAgain();
    await say(ann, '2');
    await say(bob, '3');
    await hears(ann, '3');
    await hears(bob, '3');
    for (const client of [ann, bob]) {
      expect(heard(client)).toEqual(['1', '2', '3']);
      expect(client.events.all().at(-1)?.position.epoch).toBe(2);
      expect([client.resynced.all(), client.closed.all(), client.moved.all()]).toEqual([[], [], []]);
      client.close();
    }
  });

  it('empty gets everything back: calls go on, nobody is told anything, and new people come in', async () => {
    cluster = await TestCluster.start();
    await cluster.createSession('emptied');
    const early = await join('emptied', 1);
    const waiting = await cluster.token('emptied');
    const [ann, bob] = [await join('emptied', 0), await join('emptied', 1)];
    const stream = await ann.publish();
    await bob.event('streamCreated');
    await bob.subscribe(stream.streamId);
    await say(bob, '1');
    await ann.event('signal');
    await cluster.redis.kill();
    await cluster.redis.startAgain('nothing');
    await say(ann, '2');
    await say(bob, '3');
    await hears(ann, '3');
    await hears(bob, '3');
    for (const client of [ann, bob]) {
      expect(heard(client)).toEqual(['1', '2', '3']);
      expect(client.events.all().at(-1)?.position.epoch).toBe(2);
      expect([client.resynced.all(), client.closed.all(), client.moved.all()]).toEqual([[], [], []]);
    }
    // A token of before is as good as one of now.
    const carl = await TestClient.join(cluster.master(0).url, waiting);
    expect(carl.joined.snapshot.connections.map(({ streams }) => streams.length)).toEqual([0, 1, 0]);
    expect(carl.joined.media.mediaNodeId).toBe(ann.joined.media.mediaNodeId);
    const view = await cluster.master(1).sessions.get(SessionId.parse('emptied'));
    expect([...view!.subscriptions.get(bob.connectionId)!.keys()]).toEqual([stream.streamId]);
    for (const client of [early, ann, bob, carl]) client.close();
  });

  it('with an older copy gets the tail back that it lost', async () => {
    cluster = await TestCluster.start({ durable: true });
    await cluster.createSession('older');
    const [ann, bob, carl] = [await join('older', 0), await join('older', 1), await join('older', 1)];
    const copy = await cluster.redis.copyData();
    await ann.publish();
    await carl.ask('leave', {});
    await cluster.createSession('later');
    const dora = await join('later', 0);
    await bob.event('connectionDestroyed');
    await cluster.redis.kill();
    await cluster.redis.startAgain(copy);
    await say(ann, '1');
    await bob.event('signal');
    expect(bob.seen('streamDestroyed')).toEqual([]);
    const later = await asking(async () => cluster.master(1).sessions.get(SessionId.parse('later')));
    expect(later?.state.connections.has(dora.connectionId)).toBe(true);
    const older = await cluster.master(1).sessions.get(SessionId.parse('older'));
    expect([...older!.state.connections.keys()]).toEqual([ann.connectionId, bob.connectionId]);
    expect(older!.state.streams.size).toBe(1);
    carl.close();
    for (const client of [ann, bob, dora]) {
      expect([client.resynced.all(), client.closed.all()]).toEqual([[], []]);
      client.close();
    }
  });

  it('leaves dead what had ended', async () => {
    cluster = await TestCluster.start({ durable: true });
    await cluster.createSession('dead');
    const ann = await join('dead', 0);
    const copy = await cluster.redis.copyData();
    await cluster.master(1).sessions.close(SessionId.parse('dead'));
    expect(await ann.ended.next()).toEqual({ reason: 'sessionClosedByServer' });
    await cluster.redis.kill();
    await cluster.redis.startAgain(copy);
    // Until the masters have told Redis what they remember, reading shows what Redis remembers.
    await eventually(async () =>
      expect(await cluster.master(0).sessions.get(SessionId.parse('dead'))).toBeUndefined(),
    );
    await expect(ann.resume(cluster.master(0).url)).rejects.toMatchObject({
      error: { code: 'CONNECTION_ENDED', reason: 'sessionClosedByServer' },
    });
    ann.close();
  });

  it('with another history than clients know tells them how things are, on the sockets they have', async () => {
    cluster = await TestCluster.start();
    await cluster.createSession('forked');
    const [ann, bob] = [await join('forked', 0), await join('forked', 1)];
    await ann.event('connectionCreated');
    await say(ann, '1');
    await hears(bob, '1');
    // Others went on from before the signal, and nobody remembers it.
    const redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
    await redis.reach('fork', () =>
      redis.hset('evercall:session:forked:1', {
        epoch: 9,
        sequence: 2,
        forkEpoch: 1,
        forkSequence: 2,
      }),
    );
    for (const client of [ann, bob]) {
      const { snapshot } = await client.resynced.next();
      expect(snapshot.position).toEqual({ epoch: 9, sequence: 2 });
      expect(snapshot.connections).toHaveLength(1);
    }
    await say(bob, '2');
    for (const client of [ann, bob]) {
      await hears(client, '2');
      expect([heard(client), client.closed.all(), client.moved.all()]).toEqual([['1', '2'], [], []]);
      client.close();
    }
    redis.disconnect();
  });

  it('emptied while it runs is noticed, and gets everything back', async () => {
    cluster = await TestCluster.start();
    await cluster.createSession('flushed');
    const [ann, bob] = [await join('flushed', 0), await join('flushed', 1)];
    await say(ann, '1');
    await hears(bob, '1');
    const redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
    await redis.reach('flush', () => redis.flushall());
    redis.disconnect();
    await say(ann, '2');
    await hears(bob, '2');
    for (const client of [ann, bob]) {
      expect([heard(client), client.closed.all()]).toEqual([['1', '2'], []]);
      client.close();
    }
  });

  it('leaves no ghosts of a master that went while nobody could tell', async () => {
    cluster = await TestCluster.start({ masters: 1, environment: { EVERCALL_GRACE_MS: '1000' } });
    const victim = await cluster.spawnMaster();
    await cluster.createSession('haunted');
    const bob = await join('haunted', 0);
    const ann = await TestClient.join(victim.url, await cluster.token('haunted'));
    await bob.event('connectionCreated');
    await cluster.redis.kill();
    victim.kill('SIGKILL');
    await victim.exited();
    await cluster.redis.startAgain('nothing');
    expect(await bob.event('connectionDestroyed', { timeoutMs: 30_000 })).toMatchObject({
      connectionId: ann.connectionId,
      reason: 'networkDisconnect',
    });
    bob.close();
  });
});

describe('Redis that is away', () => {
  it('costs nobody its socket, its media or its place; what waits is told when to ask again', async () => {
    cluster = await TestCluster.start({ durable: true });
    await cluster.createSession('away');
    const [ann, bob] = [await join('away', 0), await join('away', 1)];
    await ann.publish();
    await bob.event('streamCreated');
    await cluster.redis.kill();
    await expect(ann.ask('signal', { type: 'n', data: 'x', to: [] })).rejects.toMatchObject({
      error: { code: 'STATE_UNAVAILABLE', retryAfterMs: expect.any(Number) },
    });
    const { status } = await fetch(`${cluster.master(0).url}/health/ready`);
    expect(status).toBe(200);
    // Who loses the socket meanwhile comes back when that is possible again.
    bob.drop();
    await bob.closed.next();
    await cluster.redis.startAgain();
    const resumed = await asking(async () => bob.resume(cluster.master(0).url));
    expect([resumed.snapshot, resumed.media]).toEqual([undefined, undefined]);
    await say(ann, '1');
    await hears(bob, '1');
    expect([ann.closed.all(), ann.moved.all(), ann.seen('connectionDestroyed')]).toEqual([[], [], []]);
    for (const client of [ann, bob]) client.close();
  });

  it('frozen for seconds delays everything and loses nothing', async () => {
    cluster = await TestCluster.start();
    await cluster.createSession('paused');
    const [ann, bob] = [await join('paused', 0), await join('paused', 1)];
    process.kill(cluster.redis.pid, 'SIGSTOP');
    const said = say(ann, '1');
    await expect(bob.ask('signal', { type: 'n', data: 'late', to: [] })).rejects.toMatchObject({
      error: { code: 'STATE_UNAVAILABLE' },
    });
    await expect(bob.ask('signal', { type: 'n', data: 'late', to: [] })).rejects.toMatchObject({
      error: { code: 'STATE_UNAVAILABLE' },
    });
    process.kill(cluster.redis.pid, 'SIGCONT');
    await said;
    await say(bob, '2');
    for (const client of [ann, bob]) await hears(client, '2');
    expect(heard(ann)).toEqual(heard(bob));
    expect(heard(ann).filter((data) => data === '1')).toHaveLength(1);
    for (const client of [ann, bob]) {
      expect([client.resynced.all(), client.closed.all(), client.moved.all()]).toEqual([[], [], []]);
      client.close();
    }
  });
});
