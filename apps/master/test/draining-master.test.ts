import { setTimeout as sleep } from 'node:timers/promises';
import type { PositionedEvent } from '@evercall/protocol';
import { eventually, type SpawnedNode } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { NodeView } from '../src/cluster-api/node-view.js';
import { DepartureService } from '../src/drain/departure.service.js';
import { asker } from './support/asker.js';
import { secret, TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());
const ask = asker(() => cluster);

async function leaving(): Promise<NodeView> {
  const nodes = (await ask('GET', '/cluster/api/nodes')).list as NodeView[];
  return nodes.find(({ name }) => name === 'master-spawned')!;
}

async function post(url: string, path: string, body: object): Promise<{ token: string }> {
  const response = await fetch(`${url}/openvidu/api/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { token: string };
}

/** As supervisors do it. */
function terminate(child: SpawnedNode): void {
  process.kill(child.pid, 'SIGTERM');
}

async function start(sessionId: string) {
  cluster = await TestCluster.start();
  const victim = await cluster.spawnMaster();
  await cluster.createSession(sessionId);
  const join = async (url: string) => TestClient.join(url, await cluster.token(sessionId));
  return { victim, join, ann: await join(victim.url), bob: await join(cluster.master(0).url) };
}

const signals = (events: PositionedEvent[]) =>
  events
    .toSorted((a, b) => a.position.sequence - b.position.sequence)
    .flatMap(({ event }) => (event.type === 'signal' ? [event.data] : []));

describe('a master that is told to leave', () => {
  it('sends its clients away one after the other; they go on elsewhere and miss nothing', async () => {
    const { victim, join, ann, bob } = await start('drained');
    const carl = await join(victim.url);
    const sent: string[] = [];
    const done = new AbortController();
    const sending = (async () => {
      while (!done.signal.aborted) {
        const data = `${sent.length}`;
        sent.push(data);
        await bob.ask('signal', { type: 'n', data, to: [] });
        await sleep(10);
      }
    })();
    terminate(victim);
    const resumed = await Promise.all(
      [ann, carl].map(async (client, n) => {
        await client.goAway.next();
        const answer = await client.resume(cluster.master(n).url);
        expect(answer.servedBy.masterName).toBe(`master-${n + 1}`);
        expect(answer.media).toBeUndefined();
        return answer.events;
      }),
    );
    expect(await victim.exited()).toEqual({ code: 0, signal: null });
    done.abort();
    await sending;
    for (const [n, client] of [ann, carl].entries()) {
      await eventually(() => {
        expect(signals([...client.events.all(), ...resumed[n]!])).toEqual(sent);
      });
    }
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    for (const client of [ann, bob, carl]) client.close();
  });

  it('is out of the load balancer before, and serves who comes all the same, until the order is taken back', async () => {
    const { victim, join, ann, bob } = await start('canceled');
    const { id } = await leaving();
    const ready = async () => (await fetch(`${victim.url}/health/ready`)).status;
    const body = { strategy: 'when-no-sessions' };
    expect((await ask('POST', `/cluster/api/nodes/${id}/drain`, { body })).status).toBe(202);
    await eventually(async () => expect(await ready()).toBe(404));
    await eventually(async () => {
      expect(await leaving()).toMatchObject({
        state: 'waiting-idle-to-terminate',
        load: { connections: 1 },
      });
    });
    const carl = await join(victim.url);
    expect(await bob.event('connectionCreated')).toMatchObject({
      connection: { connectionId: carl.connectionId },
    });
    expect((await ask('DELETE', `/cluster/api/nodes/${id}/drain`)).status).toBe(204);
    await eventually(async () => expect(await ready()).toBe(200));
    expect(ann.goAway.all()).toEqual([]);
    await ann.ask('signal', { type: '', data: 'still here', to: [] });
    for (const client of [ann, bob, carl]) client.close();
  });

  it('leaves when its time is up: who did not go is not lost', async () => {
    const { victim, ann, bob } = await start('stubborn');
    const { id } = await leaving();
    await ask('POST', `/cluster/api/nodes/${id}/drain`, { body: { deadlineMs: 2000 } });
    await ann.closed.next();
    expect(ann.goAway.all()).not.toEqual([]);
    expect(await victim.exited()).toEqual({ code: 0, signal: null });
    await ann.resume(cluster.master(1).url);
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    expect(await leaving()).toBeUndefined();
    for (const client of [ann, bob]) client.close();
  });

  it('leaves at once at a second signal', async () => {
    const { victim, ann, bob } = await start('hurried');
    terminate(victim);
    await eventually(async () => expect(await leaving()).toMatchObject({ drain: { by: 'signal' } }));
    const { id } = await leaving();
    expect(await ask('DELETE', `/cluster/api/nodes/${id}/drain`)).toMatchObject({ status: 409 });
    terminate(victim);
    expect(await victim.exited()).toEqual({ code: 0, signal: null });
    await ann.resume(cluster.master(1).url);
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('gives the sessions that end with it to another master', async () => {
    cluster = await TestCluster.start();
    const victim = await cluster.spawnMaster();
    await post(victim.url, 'sessions', { customSessionId: 'hosted', recovery: 'application' });
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token('hosted'));
    expect((await ask('GET', '/cluster/api/sessions/hosted')).json.hostName).toBe('master-spawned');
    terminate(victim);
    expect(await victim.exited()).toEqual({ code: 0, signal: null });
    expect((await ask('GET', '/cluster/api/sessions/hosted')).json.hostName).toMatch(/^master-[12]$/);
    await ann.ask('signal', { type: '', data: 'it goes on', to: [] });
    expect(ann.ended.all()).toEqual([]);
    ann.close();
  });

  it('leaves at once when there is no other master', async () => {
    cluster = await TestCluster.start({ masters: 1 });
    await cluster.createSession('alone');
    const ann = await TestClient.join(cluster.master(0).url, await cluster.token('alone'));
    const departure = cluster.master(0).app.get(DepartureService);
    departure.askToLeave();
    await departure.left;
    expect(ann.goAway.all()).toEqual([]);
    ann.close();
  });

  it('waits for nobody when the whole cluster is told to leave', { timeout: 60_000 }, async () => {
    // Longer than this test may take: whoever waited for another would be seen.
    const environment = { EVERCALL_DRAIN_MS: '600000' };
    cluster = await TestCluster.start({ masters: 0, media: 0, environment });
    const media = await cluster.addMedia(environment);
    const masters = await Promise.all([cluster.spawnMaster(), cluster.spawnMaster()]);
    await post(masters[0].url, 'sessions', { customSessionId: 'all' });
    const { token } = await post(masters[1].url, 'sessions/all/connection', {});
    const ann = await TestClient.join(masters[1].url, token);
    const nodes = [...masters, media];
    for (const node of nodes) terminate(node);
    for (const node of nodes) expect(await node.exited()).toEqual({ code: 0, signal: null });
    ann.close();
  });
});
