import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ environment: { EVERCALL_GRACE_MS: '1000' } });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

describe('resume', () => {
  it('goes on through another master with exactly the missed events', async () => {
    await cluster.createSession('missed');
    const [ann, bob] = [await join('missed', 0), await join('missed', 1)];
    await ann.event('connectionCreated');
    ann.drop();
    await ann.closed.next();
    for (const data of ['1', '2', '3']) await bob.ask('signal', { type: 'n', data, to: [] });
    const resumed = await ann.resume(cluster.master(1).url);
    expect(resumed.events.map(({ event }) => 'data' in event && event.data)).toEqual(['1', '2', '3']);
    expect(resumed.snapshot).toBeUndefined();
    expect(resumed.media).toBeUndefined();
    await bob.ask('signal', { type: 'n', data: '4', to: [] });
    expect(await ann.event('signal')).toMatchObject({ data: '4' });
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('gives a snapshot if the log no longer reaches back', async () => {
    await cluster.createSession('old');
    const ann = await join('old', 0);
    const resumed = await ann.resume(cluster.master(1).url, { position: { epoch: 0, sequence: 0 } });
    expect(resumed.snapshot?.connection.connectionId).toBe(ann.connectionId);
    ann.close();
  });

  it('gives new transports to a client that lost its own, and asks for streams it does not know', async () => {
    await cluster.createSession('transports');
    const ann = await join('transports', 0);
    const media = await ann.resume(cluster.master(1).url, {
      transports: { send: 'closed', recv: 'connected' },
    });
    expect(media.media?.send.id).not.toBe(ann.joined.media.send.id);
    const streamId = `str_CAM_Abcd_${ann.connectionId}` as never;
    expect((await ann.resume(cluster.master(0).url, { streams: [streamId] })).republish).toEqual([streamId]);
    ann.close();
  });

  it('tells the others to receive again what a client publishes on new transports', async () => {
    await cluster.createSession('again');
    const [ann, bob] = [await join('again', 0), await join('again', 1)];
    const { streamId } = await ann.publish();
    await bob.event('streamCreated');
    const before = await bob.subscribe(streamId);
    await ann.resume(cluster.master(1).url, { transports: { send: 'closed', recv: 'closed' } });
    await ann.publish({ options: { streamId } });
    expect(await bob.event('streamMoved')).toMatchObject({ streamId, generation: 1 });
    const after = await bob.subscribe(streamId);
    expect(after.consumers.map(({ kind }) => kind)).toEqual(['audio', 'video']);
    expect(after.consumers[0]?.producerId).not.toBe(before.consumers[0]?.producerId);
    expect(bob.seen('streamCreated')).toHaveLength(1);
    for (const client of [ann, bob]) client.close();
  });

  it('refuses requests of a socket that was replaced', async () => {
    await cluster.createSession('stale');
    const ann = await join('stale', 0);
    const twin = new TestClient(cluster.master(1).url);
    twin.joined = ann.joined;
    await twin.resume(cluster.master(1).url);
    await expect(ann.ask('signal', { type: '', data: '', to: [] })).rejects.toMatchObject({
      error: { code: 'STALE_SOCKET' },
    });
    for (const client of [ann, twin]) client.close();
  });

  it('comes too late after the grace period: everybody was told, and so is who comes', async () => {
    await cluster.createSession('late');
    const [ann, bob] = [await join('late', 0), await join('late', 1)];
    ann.drop();
    expect(await bob.event('connectionDestroyed')).toMatchObject({
      connectionId: ann.connectionId,
      reason: 'networkDisconnect',
    });
    await expect(ann.resume(cluster.master(1).url)).rejects.toMatchObject({
      error: { code: 'CONNECTION_ENDED', reason: 'networkDisconnect' },
    });
    bob.close();
  });

  it('is refused with a forged token', async () => {
    await cluster.createSession('forged');
    const ann = await join('forged', 0);
    const forged = `${ann.joined.resumeToken.slice(0, -4)}AAAA`;
    await expect(ann.resume(cluster.master(1).url, { resumeToken: forged })).rejects.toMatchObject({
      error: { code: 'RESUME_DENIED' },
    });
    ann.close();
  });
});
