import { eventually } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';
import { exists, workersOf } from './support/workers.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

/** Two people on two masters, and the media node that serves them. */
async function meet(sessionId: string) {
  cluster = await TestCluster.start({ media: 2 });
  await cluster.createSession(sessionId);
  const clients = [
    await TestClient.join(cluster.master(0).url, await cluster.token(sessionId)),
    await TestClient.join(cluster.master(1).url, await cluster.token(sessionId)),
  ] as const;
  const { mediaNodeName } = clients[0].joined.servedBy;
  const index = Number(mediaNodeName.split('-')[1]) - 1;
  return { clients, node: cluster.media[index]!, other: `media-${2 - index}` };
}

const patience = { timeoutMs: 15_000 };

describe('a media node that is frozen', () => {
  it('as a whole: is declared lost, its sessions go on elsewhere, and when it wakes it ends', async () => {
    const { clients, node, other } = await meet('frozen');
    node.kill('SIGSTOP');
    for (const client of clients) {
      const { servedBy } = await client.moved.next(undefined, patience);
      expect(servedBy.mediaNodeName).toBe(other);
      client.close();
    }
    const workers = workersOf(node);
    node.kill('SIGCONT');
    expect(await node.exited()).toMatchObject({ code: 1 });
    await eventually(() => workers.every((pid) => !exists(pid)));
  });

  it('in its control process alone: what still flows is kept until everybody has the new place', async () => {
    const { clients, node, other } = await meet('control');
    const workers = workersOf(node);
    process.kill(node.pid, 'SIGSTOP');
    for (const client of clients) {
      const { servedBy, planned } = await client.moved.next(undefined, patience);
      expect(servedBy.mediaNodeName).toBe(other);
      expect(planned).toBe(true);
    }
    expect(workers.every(exists)).toBe(true);
    // Its media node can't be told; nobody waits for it.
    const [ann, bob] = clients;
    const { streamId } = await follow(ann).publish();
    expect((await bob.event('streamCreated')).stream.streamId).toBe(streamId);
    expect((await follow(bob).subscribe(streamId)).consumers).toHaveLength(2);
    await ann.ask('setTrackActive', { streamId, kind: 'audio', active: false, reason: 'publishAudio' });
    for (const client of clients) await client.ask('moveDone', { generation: 2 });
    process.kill(node.pid, 'SIGCONT');
    expect(await node.exited()).toMatchObject({ code: 1 });
    await eventually(() => workers.every((pid) => !exists(pid)));
    for (const client of clients) client.close();
  });

  it('in one worker: the worker is killed, and its sessions go on elsewhere', async () => {
    const { clients, node, other } = await meet('worker');
    process.kill(workersOf(node)[0]!, 'SIGSTOP');
    for (const client of clients) {
      const { servedBy, planned } = await client.moved.next(undefined, patience);
      expect(servedBy.mediaNodeName).toBe(other);
      expect(planned).toBe(false);
      client.close();
    }
  });
});

/** Goes on with the transports it was told last. */
function follow(client: TestClient): TestClient {
  client.joined.media = client.moved.all().at(-1)!.media;
  return client;
}
