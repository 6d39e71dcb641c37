import { SessionId } from '@evercall/protocol';
import { eventually } from '@evercall/testing';
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

  it('leaves no ghosts: who does not come back is gone for everybody after the grace period', async () => {
    cluster = await TestCluster.start({ environment: { EVERCALL_GRACE_MS: '1000' } });
    const victim = await cluster.spawnMaster();
    await cluster.createSession('ghosts');
    const ann = await TestClient.join(victim.url, await cluster.token('ghosts'));
    const bob = await TestClient.join(cluster.master(0).url, await cluster.token('ghosts'));
    victim.kill('SIGKILL');
    expect(await bob.event('connectionDestroyed', { timeoutMs: 15_000 })).toMatchObject({
      connectionId: ann.connectionId,
      reason: 'networkDisconnect',
    });
    bob.close();
  });

  it('takes the sessions along that it hosted for applications that recover them', async () => {
    cluster = await TestCluster.start();
    const victim = await cluster.spawnMaster();
    const authorization = `Basic ${Buffer.from('OPENVIDUAPP:TEST_SECRET').toString('base64')}`;
    await fetch(`${victim.url}/openvidu/api/sessions`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ customSessionId: 'hosted', recovery: 'application' }),
    });
    const bob = await TestClient.join(cluster.master(0).url, await cluster.token('hosted'));
    victim.kill('SIGKILL');
    expect(await bob.ended.next(undefined, { timeoutMs: 15_000 })).toEqual({ reason: 'nodeCrashed' });
    const { sessions } = cluster.master(1);
    await eventually(async () => expect(await sessions.get(SessionId.parse('hosted'))).toBeUndefined());
  });
});

describe('nobody is declared lost', () => {
  it('while Redis is stalled, however long heartbeats are late', async () => {
    cluster = await TestCluster.start();
    await cluster.createSession('stalled');
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token('stalled'));
    process.kill(cluster.redis.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 4000));
    process.kill(cluster.redis.pid, 'SIGCONT');
    await eventually(async () => ann.ask('signal', { type: 'back', data: '', to: [] }), {
      timeoutMs: 10_000,
    });
    expect(ann.moved.all()).toEqual([]);
    expect(ann.ended.all()).toEqual([]);
    ann.close();
  });
});
