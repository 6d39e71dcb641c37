import { eventually } from '@evercall/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { MediaLinksService } from '../../src/media/media-links.service.js';
import { asking } from '../support/asking.js';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';

// Whole clusters start, and Redis is waited for: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

/** What the media node has, by name: the truth about media. */
async function inventory() {
  const [link] = cluster.master(0).app.get(MediaLinksService).all();
  const { legs } = await link!.inventory();
  return legs.map(({ leg, connections, streams }) => ({
    leg,
    connections: connections.map(({ connectionId }) => connectionId),
    streams: streams.map(({ streamId }) => streamId),
  }));
}

it('media goes on while Redis is away, its master dies, and Redis comes back with nothing', async () => {
  cluster = await TestCluster.start({ masters: 1 });
  const victim = await cluster.spawnMaster();
  await cluster.createSession('media');
  const ann = await TestClient.join(victim.url, await cluster.token('media'));
  const bob = await TestClient.join(cluster.master(0).url, await cluster.token('media'));
  const stream = await ann.publish();
  await bob.event('streamCreated');
  await bob.subscribe(stream.streamId);
  const before = await inventory();
  expect(before[0]?.streams).toEqual([stream.streamId]);
  await cluster.redis.kill();
  victim.kill('SIGKILL');
  await ann.closed.next();
  expect(await inventory()).toEqual(before);
  await cluster.redis.startAgain('nothing');
  const resumed = await asking(async () => ann.resume(cluster.master(0).url));
  // No new transports, nothing to publish again: the media never stopped.
  expect([resumed.media, resumed.republish]).toEqual([undefined, []]);
  expect(await inventory()).toEqual(before);
  const again = await bob.subscribe(stream.streamId);
  expect(again.consumers).toHaveLength(2);
  expect([bob.closed.all(), bob.moved.all(), bob.seen('streamDestroyed')]).toEqual([[], [], []]);
  for (const client of [ann, bob]) client.close();
});

it('media goes on with no master at all', async () => {
  cluster = await TestCluster.start({ masters: 1 });
  const victim = await cluster.spawnMaster();
  await cluster.createSession('alone');
  const ann = await TestClient.join(victim.url, await cluster.token('alone'));
  const stream = await ann.publish();
  const before = await inventory();
  victim.kill('SIGKILL');
  await ann.closed.next();
  const only = cluster.masters.pop()!;
  await only.app.close();
  await cluster.addMaster();
  await eventually(async () => expect(await inventory()).toEqual(before));
  const resumed = await asking(async () => ann.resume(cluster.master(0).url));
  expect([resumed.media, resumed.republish]).toEqual([undefined, []]);
  expect(before[0]?.streams).toEqual([stream.streamId]);
  ann.close();
});
