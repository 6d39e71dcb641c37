import type { AppEvent, SessionEvent } from '@evercall/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
});
afterAll(async () => cluster[Symbol.asyncDispose]());

const raised = (is: boolean): AppEvent => ({ name: 'handRaised', data: { raised: is } });
const told = (event: SessionEvent) => (event.type === 'app' ? [[event.name, event.data, event.from]] : []);

it('an event of the application reaches everybody once, on whatever master, also who was away', async () => {
  await cluster.createSession('telling');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('telling'));
  const bob = await TestClient.join(cluster.master(1).url, await cluster.token('telling'));
  const mutation = ann.mutationId();
  await ann.ask('tell', raised(true), mutation);
  await ann.ask('tell', raised(true), mutation);
  await bob.events.next(({ event }) => event.type === 'app');
  bob.close();
  await ann.ask('tell', raised(false));
  const { events } = await bob.resume(cluster.master(0).url);
  const all = [...bob.seen('app'), ...events.map(({ event }) => event)].flatMap(told);
  expect(all).toEqual([
    ['handRaised', { raised: true }, ann.connectionId],
    ['handRaised', { raised: false }, ann.connectionId],
  ]);
  ann.close();
  bob.close();
});

it('one of another shape is refused with the field, and nobody hears of it', async () => {
  await cluster.createSession('shapes');
  const ann = await TestClient.join(cluster.master(0).url, await cluster.token('shapes'));
  const wrong = { name: 'handRaised', data: { raised: 'yes' } } as object as AppEvent;
  await expect(ann.ask('tell', wrong)).rejects.toMatchObject({
    error: { code: 'BAD_REQUEST', field: 'data.raised' },
  });
  await ann.ask('tell', raised(true));
  await ann.events.next(({ event }) => event.type === 'app');
  expect(ann.seen('app')).toHaveLength(1);
  ann.close();
});
