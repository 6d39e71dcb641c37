import { SessionId } from '@evercall/protocol';
import { eventually } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

/** The client asks through a gate that may be shut for longer than one question waits: again, under the same key. */
async function asking<T>(ask: () => Promise<T>): Promise<T> {
  let answer: { value: T } | undefined;
  await eventually(async () => void (answer = { value: await ask() }), { timeoutMs: 15_000 });
  return answer!.value;
}

/** Says it until it is heard, as the SDK does. */
async function say(client: TestClient, data: string) {
  const id = client.mutationId();
  await eventually(async () => client.ask('signal', { type: 'n', data, to: [] }, id), { timeoutMs: 10_000 });
}

const heard = (client: TestClient) => client.seen('signal').map((event) => 'data' in event && event.data);

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
    await ann.events.next(({ event }) => 'data' in event && event.data === '3');
    await bob.events.next(({ event }) => 'data' in event && event.data === '3');
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
    const [ann, bob] = [await join('emptied', 0), await join('emptied', 1)];
    const stream = await ann.publish();
    await bob.event('streamCreated');
    await bob.subscribe(stream.streamId);
    const waiting = await cluster.token('emptied');
    await say(bob, '1');
    await ann.event('signal');
    await cluster.redis.kill();
    await cluster.redis.startAgain('nothing');
    await say(ann, '2');
    await say(bob, '3');
    await ann.events.next(({ event }) => 'data' in event && event.data === '3');
    await bob.events.next(({ event }) => 'data' in event && event.data === '3');
    for (const client of [ann, bob]) {
      expect(heard(client)).toEqual(['1', '2', '3']);
      expect(client.events.all().at(-1)?.position.epoch).toBe(2);
      expect([client.resynced.all(), client.closed.all(), client.moved.all()]).toEqual([[], [], []]);
    }
    // A token of before is as good as one of now.
    const carl = await TestClient.join(cluster.master(0).url, waiting);
    expect(carl.joined.snapshot.connections.map(({ streams }) => streams.length)).toEqual([1, 0]);
    expect(carl.joined.media.mediaNodeId).toBe(ann.joined.media.mediaNodeId);
    const view = await cluster.master(1).sessions.get(SessionId.parse('emptied'));
    expect([...view!.subscriptions.get(bob.connectionId)!.keys()]).toEqual([stream.streamId]);
    for (const client of [ann, bob, carl]) client.close();
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
    const dead = await asking(async () => cluster.master(0).sessions.get(SessionId.parse('dead')));
    expect(dead).toBeUndefined();
    await expect(ann.resume(cluster.master(0).url)).rejects.toMatchObject({
      error: { code: 'CONNECTION_ENDED', reason: 'sessionClosedByServer' },
    });
    ann.close();
  });
});
