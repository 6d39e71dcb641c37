import { MediaNodeId, type SessionProperties } from '@evercall/protocol';
import { eventually, type SpawnedNode } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeView } from '../src/cluster-api/node-view.js';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());
const ask = asker(() => cluster);

async function join(sessionId: string, master = 0, properties: Partial<SessionProperties> = {}) {
  await cluster.createSession(sessionId, properties);
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

async function nodes(master = 0): Promise<NodeView[]> {
  return (await ask('GET', '/cluster/api/nodes', { master })).list as NodeView[];
}

async function node(name: string): Promise<NodeView> {
  const found = (await nodes()).find((view) => view.name === name);
  if (!found) throw new Error(`there is no node ${name}`);
  return found;
}

/** The media node that serves a client, and its process. */
async function serving(client: TestClient) {
  const view = await node(client.joined.servedBy.mediaNodeName);
  return { view, child: cluster.media[Number(view.name.split('-')[1]) - 1]! };
}

const drain = async (view: NodeView, body: object = {}) =>
  ask('POST', `/cluster/api/nodes/${view.id}/drain`, { body, master: 1 });

type Serving = Awaited<ReturnType<typeof serving>>;

/** As supervisors do it: the process alone, not its workers. */
function terminate(child: SpawnedNode): void {
  process.kill(child.pid, 'SIGTERM');
}

/** Two sessions with a client each, on one media node, and another media node that is free. */
async function twoOnOne() {
  cluster = await TestCluster.start({ media: 1 });
  const clients = [await join('one', 0), await join('two', 1)];
  await cluster.addMedia();
  return { clients, ...(await serving(clients[0]!)) };
}

describe('a media node that is told to leave', () => {
  it.each([
    ['order', async ({ view }: Serving) => drain(view)],
    ['signal', async ({ child }: Serving) => terminate(child)],
  ])('by %s hands its sessions over and exits', async (by, tell) => {
    const { clients, view, child } = await twoOnOne();
    await tell({ view, child });
    for (const client of clients) {
      const { servedBy, planned } = await client.follow();
      expect({ name: servedBy.mediaNodeName, planned }).toEqual({ name: 'media-2', planned: true });
    }
    expect(await node('media-1')).toMatchObject({
      state: 'terminating',
      load: { sessions: 2 },
      drain: { strategy: 'move', by },
    });
    await clients[0]!.arrive();
    await eventually(async () => expect(await node('media-1')).toMatchObject({ load: { sessions: 1 } }));
    await clients[1]!.arrive();
    expect(await child.exited()).toEqual({ code: 0, signal: null });
    expect((await nodes()).map(({ name, state }) => [name, state])).not.toContainEqual(['media-1', 'lost']);
    for (const client of clients) {
      await client.ask('restartIce', { direction: 'send', generation: 2 });
      expect(client.moved.all()).toHaveLength(1);
      client.close();
    }
  });

  it('is emptied also when a master dies that was at it', async () => {
    cluster = await TestCluster.start({ media: 1 });
    const victim = await cluster.spawnMaster();
    const clients = await Promise.all(Array.from({ length: 12 }, async (_, n) => join(`many-${n}`, n % 2)));
    await cluster.addMedia();
    const { view, child } = await serving(clients[0]!);
    await drain(view);
    await Promise.race(clients.map(async (client) => client.follow()));
    victim.kill('SIGKILL');
    await Promise.all(
      clients.map(async (client) => {
        await eventually(() => expect(client.moved.all()).toMatchObject([{ planned: true }]));
        await client.ask('moveDone', { generation: 2 });
      }),
    );
    expect(await child.exited()).toEqual({ code: 0, signal: null });
    for (const client of clients) client.close();
  });

  it('waits until its sessions have ended if that is the strategy, and takes no new ones', async () => {
    const { clients, view, child } = await twoOnOne();
    await drain(view, { strategy: 'when-no-sessions' });
    await eventually(async () => expect((await node('media-1')).state).toBe('waiting-idle-to-terminate'));
    expect((await fetch(`${child.url}/health/ready`)).status).toBe(404);
    const carl = await join('three');
    expect(carl.joined.servedBy.mediaNodeName).toBe('media-2');
    const dora = await TestClient.join(cluster.master(0).url, await cluster.token('one'));
    expect(dora.joined.servedBy.mediaNodeName).toBe('media-1');
    for (const client of [...clients, dora]) await client.ask('leave', {});
    expect(await child.exited()).toEqual({ code: 0, signal: null });
    expect(clients[0]!.moved.all()).toEqual([]);
    carl.close();
  });

  it('goes at once if that is the strategy: its sessions are placed anew', async () => {
    const { clients, view, child } = await twoOnOne();
    await drain(view, { strategy: 'now' });
    for (const client of clients) {
      expect(await client.moved.next()).toMatchObject({ planned: false, media: { generation: 2 } });
      client.close();
    }
    expect(await child.exited()).toEqual({ code: 0, signal: null });
  });

  it('stays when the order is taken back', async () => {
    const { clients, view } = await twoOnOne();
    await drain(view, { strategy: 'when-no-sessions' });
    await eventually(async () => expect((await node('media-1')).state).toBe('waiting-idle-to-terminate'));
    expect((await ask('DELETE', `/cluster/api/nodes/${view.id}/drain`)).status).toBe(204);
    await eventually(async () => expect(await node('media-1')).toMatchObject({ state: 'running' }));
    expect(await node('media-1')).not.toHaveProperty('drain');
    expect(clients[0]!.moved.all()).toEqual([]);
    for (const client of clients) client.close();
  });

  it('says that nobody has room, and leaves when its time is up', async () => {
    cluster = await TestCluster.start({ media: 1 });
    const ann = await join('crowded');
    const bob = await TestClient.join(cluster.master(1).url, await cluster.token('crowded'));
    const full = await cluster.addMedia({ EVERCALL_MEDIA_MAX_CONSUMERS_PER_WORKER: '2' });
    const mediaNodeId = MediaNodeId.parse((await node('media-2')).id);
    const filling = await join('filling', 0, { mediaNodeId });
    const watcher = await TestClient.join(cluster.master(0).url, await cluster.token('filling'));
    const { streamId } = await filling.publish();
    await watcher.event('streamCreated');
    await watcher.subscribe(streamId);
    await eventually(async () => expect((await node('media-2')).load.consumers).toBe(2));
    const { view, child } = await serving(ann);
    await drain(view, { deadlineMs: 2000 });
    await eventually(async () =>
      expect(await node('media-1')).toMatchObject({ drain: { waitsFor: 'room' } }),
    );
    expect(await child.exited()).toEqual({ code: 0, signal: null });
    expect(ann.moved.all()).toEqual([]);
    full.kill('SIGKILL');
    await cluster.addMedia();
    expect(await ann.moved.next(undefined, { timeoutMs: 15_000 })).toMatchObject({ planned: false });
    for (const client of [ann, bob, filling, watcher]) client.close();
  });

  it('goes at once at a second signal, and when there is no other', async () => {
    const { clients, child } = await twoOnOne();
    terminate(child);
    await eventually(async () => expect((await node('media-1')).state).toBe('terminating'));
    terminate(child);
    expect(await child.exited()).toEqual({ code: 0, signal: null });
    for (const client of clients) {
      await eventually(() => expect(client.moved.all().length).toBeGreaterThan(0));
    }
    const last = cluster.media[1]!;
    terminate(last);
    expect(await last.exited()).toEqual({ code: 0, signal: null });
    for (const client of clients) client.close();
  });
});
