import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionEvent } from '@evercall/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asker } from './support/asker.js';
import { TestCluster } from './support/cluster.js';
import { Refused, TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start({ masters: 2, media: 1 });
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const [sessions, people] = [15, 10];

/** Resumes as the SDK does: sent away, it comes again when it was told to. */
async function resume(client: TestClient): Promise<SessionEvent[]> {
  for (;;) {
    try {
      const { events } = await client.resume(cluster.master(0).url, {
        awayMs: 40,
        lostMasterId: client.joined.servedBy.masterId,
      });
      return events.map(({ event }) => event);
    } catch (error) {
      if (!(error instanceof Refused) || error.error.code !== 'RATE_LIMITED') throw error;
      await sleep(error.error.retryAfterMs);
    }
  }
}

it('a master that dies with 150 connections leaves them all to one other: none is lost, no event is doubled', async () => {
  const victim = await cluster.spawnMaster();
  const names = Array.from({ length: sessions }, (_, n) => `mass-${n}`);
  const rooms = await Promise.all(
    names.map(async (name) => {
      await cluster.createSession(name);
      const clients: TestClient[] = [];
      for (let n = 0; n < people; n += 1) {
        clients.push(await TestClient.join(victim.url, await cluster.token(name)));
      }
      const witness = await TestClient.join(cluster.master(1).url, await cluster.token(name));
      return { clients, witness };
    }),
  );
  victim.kill('SIGKILL');
  const everybody = rooms.flatMap(({ clients }) => clients);
  await Promise.all(everybody.map(async ({ closed }) => closed.next()));
  await Promise.all(
    rooms.map(async ({ witness }) => witness.ask('signal', { type: 'n', data: 'missed', to: [] })),
  );
  const [missed] = await Promise.all([
    // All at one moment, to one master.
    Promise.all(everybody.map(async (client) => resume(client))),
    ...rooms.map(async ({ witness }) => witness.ask('signal', { type: 'n', data: 'meanwhile', to: [] })),
  ]);
  await Promise.all(
    rooms.map(async ({ witness }) => witness.ask('signal', { type: 'n', data: 'after', to: [] })),
  );
  for (const [index, client] of everybody.entries()) {
    await client.events.next(({ event }) => event.type === 'signal' && event.data === 'after');
    const all = [...(missed[index] ?? []), ...client.events.all().map(({ event }) => event)];
    expect(all.flatMap((event) => (event.type === 'signal' ? [event.data] : []))).toEqual([
      'missed',
      'meanwhile',
      'after',
    ]);
    expect(all.filter(({ type }) => type === 'connectionDestroyed')).toEqual([]);
  }
  const { text } = await asker(() => cluster)('GET', '/metrics');
  expect(text).toContain(`evercall_resumes_total{outcome="mediaKept"} ${everybody.length}`);
  expect(text).toContain(
    `evercall_signalling_interruption_seconds_count{cause="master"} ${everybody.length}`,
  );
  for (const { clients, witness } of rooms) {
    expect(witness.seen('connectionDestroyed')).toEqual([]);
    for (const client of [...clients, witness]) client.close();
  }
}, 60_000);
