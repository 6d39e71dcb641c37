import { afterEach, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

describe('a master that is killed', () => {
  it('costs its clients nothing: they go on at another, with what they missed', async () => {
    cluster = await TestCluster.start();
    const victim = await cluster.spawnMaster();
    await cluster.createSession('survives');
    const ann = await TestClient.join(victim.url, await cluster.token('survives'));
    const bob = await TestClient.join(cluster.master(0).url, await cluster.token('survives'));
    await ann.event('connectionCreated');
    victim.kill('SIGKILL');
    await ann.closed.next();
    await bob.ask('signal', { type: 'while', data: 'away', to: [] });
    const resumed = await ann.resume(cluster.master(1).url);
    expect(resumed.events).toMatchObject([{ event: { type: 'signal', data: 'away' } }]);
    expect(resumed.media).toBeUndefined();
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });
});
