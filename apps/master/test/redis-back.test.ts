import { eventually } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
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
});
