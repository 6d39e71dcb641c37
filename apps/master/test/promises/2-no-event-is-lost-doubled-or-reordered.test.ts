import { afterEach, expect, it, vi } from 'vitest';
import { asking, heard, hears, say } from '../support/asking.js';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';

// Whole clusters start, and Redis is waited for: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

/** Says one number after the other, each until it is answered. */
async function count(client: TestClient, who: string, to: number): Promise<void> {
  for (let n = 1; n <= to; n += 1) await say(client, `${who}${n}`);
}

const numbers = (who: string, to: number) => Array.from({ length: to }, (_, n) => `${who}${n + 1}`);

it('whatever master dies: who resumes has heard everything once and in order', async () => {
  cluster = await TestCluster.start();
  const victim = await cluster.spawnMaster();
  await cluster.createSession('order');
  const ann = await TestClient.join(victim.url, await cluster.token('order'));
  const bob = await TestClient.join(cluster.master(0).url, await cluster.token('order'));
  const carl = await TestClient.join(cluster.master(1).url, await cluster.token('order'));
  const speaking = [count(bob, 'b', 40), count(carl, 'c', 40)];
  await hears(ann, 'b5');
  victim.kill('SIGKILL');
  await ann.closed.next();
  const before = heard(ann);
  const resumed = await ann.resume(cluster.master(1).url);
  const missed = resumed.events.flatMap(({ event }) => (event.type === 'signal' ? [event.data] : []));
  await Promise.all(speaking);
  await say(bob, 'end');
  for (const client of [ann, bob, carl]) await hears(client, 'end');
  expect([...before, ...missed, ...heard(ann).slice(before.length)]).toEqual(heard(bob));
  expect(heard(carl)).toEqual(heard(bob));
  for (const [who, to] of [
    ['b', 40],
    ['c', 40],
  ] as const) {
    expect(heard(bob).filter((data) => data.startsWith(who))).toEqual(numbers(who, to));
  }
  for (const client of [ann, bob, carl]) client.close();
});

it('Redis killed in the middle and back with its data: everything once and in order', async () => {
  cluster = await TestCluster.start({ durable: true });
  await cluster.createSession('restart');
  const clients = await Promise.all(
    [0, 1].map(async (master) => TestClient.join(cluster.master(master).url, await cluster.token('restart'))),
  );
  const [ann, bob] = [clients[0]!, clients[1]!];
  const speaking = [count(ann, 'a', 30), count(bob, 'b', 30)];
  await hears(bob, 'a10');
  await cluster.redis.kill();
  await cluster.redis.startAgain();
  await Promise.all(speaking);
  await say(bob, 'end');
  for (const client of clients) await hears(client, 'end');
  expect(heard(ann)).toEqual(heard(bob));
  for (const who of ['a', 'b']) {
    expect(heard(ann).filter((data) => data.startsWith(who))).toEqual(numbers(who, 30));
  }
  for (const client of clients) {
    expect([client.resynced.all(), client.closed.all()]).toEqual([[], []]);
    client.close();
  }
});

it('Redis back with nothing: all clients and REST agree, and the loss is told', async () => {
  cluster = await TestCluster.start();
  await cluster.createSession('agree');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('agree'));
  const bob = await TestClient.join(cluster.master(1).url, await cluster.token('agree'));
  const stream = await ann.publish();
  await bob.event('streamCreated');
  await count(bob, 'b', 10);
  await hears(ann, 'b10');
  await cluster.redis.kill();
  await cluster.redis.startAgain('nothing');
  await count(ann, 'a', 10);
  await hears(bob, 'a10');
  expect(heard(bob)).toEqual([...numbers('b', 10), ...numbers('a', 10)]);
  expect(heard(ann)).toEqual(heard(bob));
  expect(bob.events.all().at(-1)?.position.epoch).toBe(2);
  const { snapshot } = await asking(async () =>
    bob.resume(cluster.master(0).url, { position: { epoch: 0, sequence: 0 } }),
  );
  expect(snapshot?.connections.map(({ connectionId, streams }) => [connectionId, streams])).toEqual([
    [ann.connectionId, [stream]],
  ]);
  for (const client of [ann, bob]) client.close();
});
