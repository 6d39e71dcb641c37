import type { MediaNodeId } from '@evercall/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediaNodeRecord, type NodeLoad, NodeRegistry } from '../src/index.js';
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

async function claim(sessionName: string, mediaNodeId: MediaNodeId, reservations = 0) {
  const { sessionId } = draft(sessionName, stores.masters[0]);
  const placement = { legs: [{ leg: 0, mediaNodeId, worker: 0, generation: 1 }] };
  return new NodeRegistry(stores.redis).place({
    sessionId,
    life: 1,
    expected: undefined,
    placement,
    mediaNodeId,
    reservations,
    reserveMs: 10_000,
  });
}

describe('NodeRegistry', () => {
  it('lists nodes that send heartbeats, until they leave', async () => {
    const registry = new NodeRegistry(stores.redis);
    const record = mediaNode(ids.mediaNodeId());
    expect(await registry.heartbeat(record, load)).toBe('alive');
    expect(await registry.list()).toMatchObject([{ record, load }]);
    await registry.deregister(record.id);
    expect(await registry.list()).toEqual([]);
  });

  it('refuses the heartbeat of a lost node', async () => {
    const record = mediaNode(ids.mediaNodeId());
    await stores.redis.sadd('evercall:lost', record.id);
    expect(await new NodeRegistry(stores.redis).heartbeat(record, load)).toBe('lost');
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
    expect(await registry.heartbeat(record, load)).toBe('lost');
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

  it('is what several observers say of a silent node', async () => {
    const registry = new NodeRegistry(stores.redis);
    const node = ids.mediaNodeId();
    await registry.reportSilence(node, 'a', 1600);
    expect(new Set(await registry.reportSilence(node, 'b', 300))).toEqual(new Set([1600, 300]));
  });
});
