import type { MediaNodeId } from '@evercall/protocol';
import { EventBuffer, eventually } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSubscriber,
  EventChannels,
  type MediaNodeRecord,
  type NodeLoad,
  NodeRegistry,
} from '../src/index.js';
import { draft, ids, startStores } from './fixture.js';

let stores: Awaited<ReturnType<typeof startStores>>;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => stores[Symbol.asyncDispose]());

const load: NodeLoad = { cpu: 0.1, sessions: 0, consumers: 0, producers: 0, connections: 0, workers: [] };

function mediaNode(id: MediaNodeId): MediaNodeRecord {
  return {
    schema: 1,
    role: 'media',
    id,
    name: 'media-1',
    url: 'http://127.0.0.1:4601',
    pid: 1,
    startedAt: 1,
    version: '0',
    state: 'running',
    workers: 1,
    softCapacity: 400,
    hardCapacity: 500,
  };
}

async function claim(
  sessionName: string,
  mediaNodeId: MediaNodeId,
  reservations = 0,
  by: string = stores.masters[0],
) {
  const { sessionId } = draft(sessionName, stores.masters[0]);
  const placement = { legs: [{ leg: 0, mediaNodeId, worker: 0, generation: 1 }], leaving: [] };
  return new NodeRegistry(stores.redis).place({
    sessionId,
    life: 1,
    expected: undefined,
    placement,
    mediaNodeId,
    reservations,
    reserveMs: 10_000,
    by,
  });
}

describe('NodeRegistry', () => {
  it('lists nodes that send heartbeats, until they leave', async () => {
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    expect(await registry.heartbeat(record, load)).toMatchObject({ status: 'alive' });
    expect(await registry.list()).toMatchObject([{ record, load }]);
    await registry.deregister(record.id);
    expect(await registry.list()).toEqual([]);
  });

  it('refuses the heartbeat of a lost node', async () => {
    const record = mediaNode(ids.mediaNodeId());
    await stores.redis.sadd('evercall:lost', record.id);
    expect(await new NodeRegistry(stores.redis).heartbeat(record, load)).toEqual({ status: 'lost' });
  });

  it('gives two claims for one session the same media node', async () => {
    await stores.a.create(draft('placed', stores.masters[0]), { unusedMs: 0 });
    const [one, two] = [ids.mediaNodeId(), ids.mediaNodeId()];
    const results = await Promise.all([claim('placed', one), claim('placed', two)]);
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toHaveProperty('placement');
  });

  it('makes a decision be made again that did not know of a promise', async () => {
    const node = ids.mediaNodeId();
    for (const name of ['first', 'second']) {
      await stores.a.create(draft(name, stores.masters[0]), { unusedMs: 0 });
    }
    await claim('first', node);
    expect(await claim('second', node, 0)).toEqual({ refused: 'busy' });
    expect(await claim('second', node, 1)).toHaveProperty('placement');
  });

  it('places nothing on a lost node and no session that ended', async () => {
    const node = ids.mediaNodeId();
    await stores.a.create(draft('late', stores.masters[0]), { unusedMs: 0 });
    await stores.redis.sadd('evercall:lost', node);
    expect(await claim('late', node)).toEqual({ refused: 'lost' });
    const state = await stores.a.read(draft('late', stores.masters[0]).sessionId);
    await stores.a.commit(state!, { close: 'sessionClosedByServer' });
    expect(await claim('late', ids.mediaNodeId())).toEqual({ refused: 'ended' });
  });
});

describe('a loss', () => {
  it('is declared once, and the node is refused from then on', async () => {
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    await registry.heartbeat(record, load);
    const claimOf = (by: string) => registry.declareLost({ nodeId: record.id, by, cause: 'refused' });
    const outcomes = await Promise.all([claimOf('a'), claimOf('b')]);
    expect(outcomes.toSorted()).toEqual(['declared', 'known']);
    expect(await registry.heartbeat(record, load)).toEqual({ status: 'lost' });
    expect((await registry.list()).map((node) => node.record.id)).not.toContain(record.id);
  });

  it('is void if the node was heard of after the evidence', async () => {
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    await registry.heartbeat(record, load);
    const nodeLoss = { nodeId: record.id, by: 'a', cause: 'silent' as const, heartbeatAt: '1' };
    expect(await registry.declareLost(nodeLoss)).toBe('alive');
  });

  it('leaves a list of what must be moved, until it is worked off', async () => {
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    await registry.heartbeat(record, load);
    await stores.a.create(draft('hanging', stores.masters[0]), { unusedMs: 0 });
    await claim('hanging', record.id);
    await registry.declareLost({ nodeId: record.id, by: 'a', cause: 'silent' });
    expect(await registry.unfinishedLosses()).toMatchObject([
      { loss: { nodeId: record.id, cause: 'silent', record: { name: 'media-1' } }, members: ['hanging/1'] },
    ]);
    await registry.dropWork(record.id, ['hanging/1']);
    expect(await registry.unfinishedLosses()).toEqual([]);
  });

  it('refuses what a lost master says: declarations, silence, placements', async () => {
    const registry = new NodeRegistry(stores.redis);
    const [lost, target] = [ids.masterId(), mediaNode(ids.mediaNodeId())];
    await stores.redis.sadd('evercall:lost', lost);
    await registry.heartbeat(target, load);
    const declared = registry.declareLost({ nodeId: target.id, by: lost, cause: 'refused' });
    await expect(declared).rejects.toMatchObject({ code: 'NODE_LOST' });
    expect(await registry.reportSilence(target.id, lost, 5000)).toEqual([]);
    expect(await registry.reportSilence(target.id, 'a', 100)).toEqual([100]);
    await stores.a.create(draft('woken', stores.masters[0]), { unusedMs: 0 });
    await expect(claim('woken', target.id, 0, lost)).rejects.toMatchObject({ code: 'NODE_LOST' });
    expect(await registry.heartbeat(target, load)).toMatchObject({ status: 'alive' });
  });

  it('is also what a node leaves behind that goes with work on it', async () => {
    const registry = new NodeRegistry(stores.redis);
    const [busy, idle] = [mediaNode(ids.mediaNodeId()), mediaNode(ids.mediaNodeId())];
    for (const record of [busy, idle]) await registry.heartbeat(record, load);
    await stores.a.create(draft('abandoned', stores.masters[0]), { unusedMs: 0 });
    await claim('abandoned', busy.id);
    expect(await registry.deregister(idle.id)).toBe('left');
    expect(await claim('abandoned', idle.id)).toHaveProperty('placement.legs.0.mediaNodeId', busy.id);
    await stores.a.create(draft('too-late', stores.masters[0]), { unusedMs: 0 });
    expect(await claim('too-late', idle.id)).toEqual({ refused: 'lost' });
    expect(await registry.deregister(busy.id)).toBe('abandoned');
    expect(await registry.unfinishedLosses()).toMatchObject([
      { loss: { nodeId: busy.id, cause: 'left' }, members: ['abandoned/1'] },
    ]);
    expect(await registry.deregister(busy.id)).toBe('lost');
    expect(await registry.unfinishedLosses()).toHaveLength(1);
    await registry.dropWork(busy.id, ['abandoned/1']);
  });

  it('is what several observers say of a silent node', async () => {
    const registry = new NodeRegistry(stores.redis);
    const node = ids.mediaNodeId();
    await registry.reportSilence(node, 'a', 1600);
    expect(new Set(await registry.reportSilence(node, 'b', 300))).toEqual(new Set([1600, 300]));
  });

  it('is no more what an observer said that hears the node again', async () => {
    const registry = new NodeRegistry(stores.redis);
    const node = ids.mediaNodeId();
    await registry.reportSilence(node, 'a', 1600);
    await eventually(async () => {
      expect(await registry.reportSilence(node, 'b', 300)).toEqual([300]);
    });
  });

  it('and an arrival are told at once', async () => {
    const subscriber = new EventChannels(createSubscriber(stores.url, stores.logger));
    const [arrived, gone] = [new EventBuffer<string>(), new EventBuffer<string>()];
    await subscriber.listenToArrivals(arrived.push);
    await subscriber.listenToLosses(gone.push);
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    for (let n = 0; n < 2; n += 1) await registry.heartbeat(record, load);
    await registry.declareLost({ nodeId: record.id, by: 'a', cause: 'refused' });
    expect(await gone.next()).toBe(record.id);
    expect(arrived.all()).toEqual([record.id]);
    subscriber.close();
  });
});
