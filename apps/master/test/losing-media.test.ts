import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

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

  it('is waited for when there is no other: the next one that registers takes its sessions', async () => {
    cluster = await TestCluster.start({ media: 1 });
    await cluster.createSession('waiting');
    const ann = await join('waiting', 0);
    cluster.media[0]!.kill('SIGKILL');
    await cluster.addMedia();
    expect((await ann.moved.next(undefined, { timeoutMs: 15_000 })).media.generation).toBe(2);
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

describe('a media node that is frozen', () => {
  it('is declared lost by two masters, and its sessions go on elsewhere', async () => {
    cluster = await TestCluster.start({ media: 2 });
    await cluster.createSession('frozen');
    const ann = await join('frozen', 0);
    const { node, other } = serving(ann);
    node.kill('SIGSTOP');
    const { servedBy } = await ann.moved.next(undefined, { timeoutMs: 15_000 });
    expect(servedBy.mediaNodeName).toBe(other);
    node.kill('SIGCONT');
    expect(await node.exited()).toMatchObject({ code: 1 });
    ann.close();
  });
});

describe('a worker that is killed', () => {
  it('costs its sessions a move to another worker', async () => {
    cluster = await TestCluster.start({ media: 1, environment: {} });
    await cluster.createSession('worker');
    const ann = await join('worker', 0);
    const { execFileSync } = await import('node:child_process');
    const workers = execFileSync('pgrep', ['-P', String(cluster.media[0]!.pid), 'mediasoup'])
      .toString()
      .trim();
    process.kill(Number(workers.split('\n')[0]), 'SIGKILL');
    const { media } = await ann.moved.next(undefined, { timeoutMs: 15_000 });
    expect(media.generation).toBe(2);
    ann.close();
  });
});
