import { eventually } from '@evercall/testing';
import { afterEach, expect, it } from 'vitest';
import { MediaLinksService } from '../../src/media/media-links.service.js';
import { asker } from '../support/asker.js';
import { TestCluster } from '../support/cluster.js';
import { TestClient } from '../support/test-client.js';

const ask = asker(() => cluster);
let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

/** The connections of a session, as everybody who could know says. */
async function seenBy(sessionId: string) {
  const rest = await Promise.all(
    [0, 1].map(async (master) => {
      const { json } = await ask('GET', `/openvidu/api/sessions/${sessionId}/connection`, { master });
      return (json.content as { connectionId: string }[]).map(({ connectionId }) => connectionId);
    }),
  );
  const links = cluster.master(0).app.get(MediaLinksService).all();
  const inventories = await Promise.all(links.map(async (link) => link.inventory()));
  const media = inventories.flatMap(({ legs }) =>
    legs.flatMap(({ connections }) => connections.map(({ connectionId }) => connectionId)),
  );
  return [...rest, media].map((connectionIds) => connectionIds.toSorted());
}

it.each(['SIGKILL', 'SIGSTOP'] as const)(
  'who was on a master that got %s and does not come back is gone for everybody, with its streams',
  async (signal) => {
    cluster = await TestCluster.start({ environment: { EVERCALL_GRACE_MS: '1000' } });
    const victim = await cluster.spawnMaster();
    await cluster.createSession('ghosts');
    const [gone, back] = [
      await TestClient.join(victim.url, await cluster.token('ghosts')),
      await TestClient.join(victim.url, await cluster.token('ghosts')),
    ];
    const bob = await TestClient.join(cluster.master(0).url, await cluster.token('ghosts'));
    const { streamId } = await gone.publish();
    await bob.event('streamCreated');
    victim.kill(signal);
    await back.resume(cluster.master(1).url);
    expect(await bob.event('connectionDestroyed', { timeoutMs: 15_000 })).toMatchObject({
      connectionId: gone.connectionId,
      reason: 'networkDisconnect',
    });
    const left = [back.connectionId, bob.connectionId].toSorted();
    await eventually(async () => expect(await seenBy('ghosts')).toEqual([left, left, left]));
    await expect(bob.subscribe(streamId)).rejects.toMatchObject({ error: { code: 'STREAM_NOT_FOUND' } });
    await expect(gone.resume(cluster.master(0).url)).rejects.toMatchObject({
      error: { code: 'CONNECTION_ENDED', reason: 'networkDisconnect' },
    });
    for (const client of [gone, back, bob]) client.close();
  },
);
