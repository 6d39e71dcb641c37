import { createRedis, NodeRegistry } from '@evercall/cluster';
import { eventually } from '@evercall/testing';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { ids, TestClient } from './support/test-client.js';
import { exists, workersOf } from './support/workers.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

/** The process of the media node that serves a client, and the other one. */
function serving(client: TestClient) {
  const { mediaNodeName } = client.joined.servedBy;
  const index = Number(mediaNodeName.split('-')[1]) - 1;
  return { node: cluster.media[index]!, other: `media-${2 - index}` };
}

describe('a media node that is killed', () => {
  it('is replaced for its sessions: clients of both masters get transports elsewhere, streams keep their ids', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('moved');
    const [ann, bob] = [await join('moved', 0), await join('moved', 1)];
    const stream = await ann.publish();
    await bob.subscribe((await bob.event('streamCreated')).stream.streamId);
    const { node, other } = serving(ann);
    node.kill('SIGKILL');
    for (const client of [ann, bob]) {
      const { media, servedBy } = await client.moved.next();
      expect(media.generation).toBe(2);
      expect(servedBy.mediaNodeName).toBe(other);
      client.joined.media = media;
    }
    await ann.publish({ options: { streamId: stream.streamId } });
    expect(await bob.event('streamMoved')).toMatchObject({ streamId: stream.streamId, generation: 2 });
    expect((await bob.subscribe(stream.streamId)).consumers).toHaveLength(2);
    expect(bob.seen('streamCreated')).toHaveLength(1);
    expect(bob.seen('streamDestroyed')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('is waited for when there is no other: clients are told, and the next one that registers takes them', async () => {
    cluster = await TestCluster.start({ media: 1 });
    await cluster.createSession('waiting');
    const [ann, bob] = [await join('waiting', 0), await join('waiting', 1)];
    const token = await cluster.token('waiting');
    cluster.media[0]!.kill('SIGKILL');
    for (const client of [ann, bob]) expect(await client.mediaLost.next()).toEqual({ generation: 1 });
    // Who comes now has to ask again, who comes back is told that there is nothing yet.
    await expect(TestClient.join(cluster.master(0).url, token)).rejects.toMatchObject({
      error: { code: 'NO_MEDIA_NODE' },
    });
    const resumed = await bob.resume(cluster.master(0).url);
    expect(resumed.media).toBeUndefined();
    expect(await bob.mediaLost.next()).toEqual({ generation: 1 });
    await cluster.addMedia();
    for (const client of [ann, bob]) {
      expect(await client.moved.next()).toMatchObject({ planned: false, media: { generation: 2 } });
    }
    expect(ann.mediaLost.all()).toHaveLength(1);
    for (const client of [ann, bob]) client.close();
  });

  it('gives who was away new transports, and who joins meanwhile the same place as everybody', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('away');
    const [ann, bob] = [await join('away', 0), await join('away', 1)];
    const token = await cluster.token('away');
    bob.drop();
    await bob.closed.next();
    const { node, other } = serving(ann);
    node.kill('SIGKILL');
    const carl = new TestClient(cluster.master(1).url);
    const requestId = ids.mutationId();
    const joining = eventually(async () => carl.connect(token, requestId));
    const resumed = await bob.resume(cluster.master(0).url);
    // It came before or after the move: then it is told of it on its new socket.
    const media = resumed.media ?? (await bob.moved.next()).media;
    const { servedBy } = await ann.moved.next();
    expect(servedBy.mediaNodeName).toBe(other);
    expect([media.generation, (await joining).media.generation]).toEqual([2, 2]);
    for (const client of [ann, bob, carl]) client.close();
  });

  it('refuses what is meant for it from then on, and takes the same again for the new place', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('publishing');
    const [ann, bob] = [await join('publishing', 0), await join('publishing', 1)];
    serving(ann).node.kill('SIGKILL');
    await expect(ann.publish()).rejects.toMatchObject({ error: { code: 'MEDIA_UNAVAILABLE' } });
    for (const client of [ann, bob]) client.joined.media = (await client.moved.next()).media;
    const { streamId } = await ann.publish();
    expect((await bob.event('streamCreated')).stream.streamId).toBe(streamId);
    expect((await bob.subscribe(streamId)).consumers).toHaveLength(2);
    for (const client of [ann, bob]) client.close();
  });

  it('may be followed by the one that took its place: the sessions go on to a third', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('twice');
    const ann = await join('twice', 0);
    const [first, second] = [serving(ann).node, cluster.media.find((node) => node !== serving(ann).node)!];
    first.kill('SIGKILL');
    second.kill('SIGKILL');
    await cluster.addMedia();
    const last = await ann.moved.next(({ servedBy }) => servedBy.mediaNodeName === 'media-3');
    expect(last.media.generation).toBeGreaterThan(1);
    ann.close();
  });

  it('is worked off by others when the master that declared it lost is gone in the next moment', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('orphaned');
    const ann = await join('orphaned', 0);
    const { mediaNodeId } = ann.joined.servedBy;
    const redis = createRedis(cluster.redis.url, pino({ level: 'silent' }));
    // All that a declaring master leaves behind before the first move is this entry.
    const gone = { nodeId: mediaNodeId, by: ids.masterId(), cause: 'refused' as const };
    expect(await new NodeRegistry(redis).declareLost(gone)).toBe('declared');
    redis.disconnect();
    expect((await ann.moved.next()).media.generation).toBe(2);
    // It lives, and finds its own tombstone.
    expect(await serving(ann).node.exited()).toMatchObject({ code: 1 });
    ann.close();
  });

  it('ends sessions whose application recovers them, and their ids can be used again at once', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('crashed', { recovery: 'application' });
    const [ann, bob] = [await join('crashed', 0), await join('crashed', 1)];
    serving(ann).node.kill('SIGKILL');
    for (const client of [ann, bob]) expect(await client.ended.next()).toEqual({ reason: 'nodeCrashed' });
    await cluster.createSession('crashed', { recovery: 'application' });
    const again = await join('crashed', 0);
    expect(again.joined.snapshot.life).toBe(2);
    again.close();
  });
});

describe('a worker that is killed', () => {
  it('costs its sessions a move to a living one, also of another media node', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('worker');
    const [ann, bob] = [await join('worker', 0), await join('worker', 1)];
    const { node, other } = serving(ann);
    process.kill(workersOf(node)[0]!, 'SIGKILL');
    for (const client of [ann, bob]) {
      const { media, servedBy } = await client.moved.next();
      expect(media.generation).toBe(2);
      expect(servedBy.mediaNodeName).toBe(other);
    }
    for (const client of [ann, bob]) client.close();
  });

  it('while no master was there is found by the first that comes back', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('unheard');
    const ann = await join('unheard', 0);
    const { node, other } = serving(ann);
    const [worker] = workersOf(node);
    for (const { app } of cluster.masters.splice(0)) await app.close();
    process.kill(worker!, 'SIGKILL');
    await eventually(() => expect(exists(worker!)).toBe(false));
    const back = await cluster.spawnMaster();
    const resumed = await ann.resume(back.url);
    // The move was decided before or after the client was back.
    const { media, servedBy } = resumed.media ? resumed : await ann.moved.next();
    expect(media?.generation).toBe(2);
    expect(servedBy.mediaNodeName).toBe(other);
    ann.close();
  });
});
