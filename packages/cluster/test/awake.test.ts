import { EventBuffer } from '@evercall/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Awake, NodeRegistry } from '../src/index.js';
import { ids, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => stores[Symbol.asyncDispose]());

/** The event loop stands still, as it does while the process is stopped. */
function sleepLong(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
}

it('lets a node act that slept and was not missed, and stops one that was declared lost meanwhile', async () => {
  const nodeId = ids.masterId();
  const lost = new EventBuffer<string>();
  const awake = new Awake(new NodeRegistry(stores.redis), { nodeId, onLost: () => lost.push('lost') });
  sleepLong();
  await awake.beforeActing();
  await stores.redis.sadd('evercall:lost', nodeId);
  // It hasn't slept since: its scripts are refused, and that is soon enough.
  await awake.beforeActing();
  expect(lost.all()).toEqual([]);
  sleepLong();
  await expect(awake.beforeActing()).rejects.toMatchObject({ code: 'NODE_LOST' });
  expect(lost.all()).toEqual(['lost']);
  awake.stop();
});
