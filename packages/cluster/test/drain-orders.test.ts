import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DrainOrders, type MasterRecord, type NodeLoad, NodeRegistry } from '../src/index.js';
import { ids, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => stores[Symbol.asyncDispose]());

const load: NodeLoad = { cpu: 0, sessions: 0, consumers: 0, producers: 0, connections: 0, workers: [] };

async function register() {
  const [registry, orders] = [new NodeRegistry(stores.redis), new DrainOrders(stores.redis)];
  const record: MasterRecord = {
    schema: 1,
    role: 'master',
    id: ids.masterId(),
    name: 'master-1',
    url: 'http://127.0.0.1:4501',
    pid: 1,
    startedAt: 1,
    version: '0',
    state: 'running',
  };
  const beat = async () => registry.heartbeat(record, load);
  await beat();
  return { registry, orders, id: record.id, beat };
}

describe('an order to leave', () => {
  it('reaches the node with its next heartbeat, with its deadline by Redis time', async () => {
    const { orders, id, beat } = await register();
    const order = await orders.give(id, 'move', 30_000);
    const heard = await beat();
    expect(heard).toEqual({ status: 'alive', now: expect.any(Number), order });
    expect(order).toMatchObject({ state: 'drain', strategy: 'move' });
    expect(heard.status === 'alive' && order!.deadlineAt - heard.now).toBeLessThanOrEqual(30_000);
    expect((await orders.all()).get(id)).toEqual(order);
  });

  it('can be taken back', async () => {
    const { orders, id, beat } = await register();
    await orders.give(id, 'when-no-sessions', 1000);
    await orders.takeBack(id);
    expect(await beat()).not.toHaveProperty('order');
  });

  it('is not given to a node that is not there', async () => {
    const { orders } = await register();
    expect(await orders.give(ids.masterId(), 'move', 1000)).toBeUndefined();
  });

  it.each(['it leaves', 'it is lost'])('is forgotten with the node when %s', async (how) => {
    const { registry, orders, id } = await register();
    await orders.give(id, 'move', 1000);
    if (how === 'it leaves') await registry.deregister(id);
    else await registry.declareLost({ nodeId: id, by: 'a', cause: 'refused' });
    expect((await orders.all()).has(id)).toBe(false);
  });
});
