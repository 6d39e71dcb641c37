import type { Drain, DrainOrder, Loss, MediaNodeRecord, NodeLoad, RegisteredNode } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { type NodesSight, nodeViews, tellOfLostMs } from './node-view.js';

const id = MediaNodeId.parse('media_Aaaaaaaa');
const load: NodeLoad = {
  cpu: 0,
  sessions: 1,
  consumers: 2,
  producers: 0,
  connections: 0,
  workers: [{ consumers: 2, alive: true }],
};
const record: MediaNodeRecord = {
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
  softCapacity: 8,
  hardCapacity: 10,
};
const node = (change: Partial<MediaNodeRecord> = {}, consumers = 2): RegisteredNode => ({
  record: { ...record, ...change },
  load: { ...load, consumers },
  lateMs: 5,
  heartbeatAt: '1',
});
const other = (consumers: number) => node({ id: MediaNodeId.parse('media_Bbbbbbbb') }, consumers);
const sight = (change: Partial<NodesSight>): NodesSight => {
  const { nodes = [node()] } = change;
  const candidates = nodes.map((one) => ({ ...one, reservations: 0 }));
  return { nodes, candidates, orders: new Map(), losses: [], now: 10_000_000, ...change };
};
const first = (change: Partial<NodesSight>) => nodeViews(sight(change))[0];

const drain: Drain = { strategy: 'move', deadlineAt: 99, by: 'signal' };
const order: DrainOrder = { state: 'drain', strategy: 'when-no-sessions', deadlineAt: 99 };
const loss = (change: Partial<Loss>): Loss => ({
  nodeId: id,
  by: 'master_A',
  cause: 'refused',
  at: 9_999_000,
  record,
  ...change,
});

describe('what is told of a node', () => {
  it('says nothing of capacities or keys, and of a drain only while it leaves', () => {
    expect(first({})).toEqual({
      id,
      name: 'media-1',
      role: 'media',
      state: 'running',
      url: 'http://127.0.0.1:4601',
      pid: 1,
      startedAt: 1,
      version: '0',
      lateMs: 5,
      load,
    });
  });

  it('names an order that the node has not heard of yet, and what it follows after that', () => {
    const orders = new Map([[id as string, order]]);
    expect(first({ orders })?.drain).toEqual({ strategy: 'when-no-sessions', deadlineAt: 99, by: 'order' });
    expect(first({ orders, nodes: [node({ drain })] })?.drain).toMatchObject({ by: 'signal' });
  });

  it.each([
    ['another has room', other(2), undefined],
    ['another has room for those that have to go only', other(9), undefined],
    ['no other has room', other(10), 'room'],
  ])('says what a drain waits for when %s', (_, peer, waitsFor) => {
    const nodes = [node({ state: 'terminating', drain }), peer];
    expect(first({ nodes })?.drain?.waitsFor).toBe(waitsFor);
  });

  it.each([
    [
      'lately',
      loss({}),
      [{ state: 'lost', lateMs: 1000, lost: { at: 9_999_000, cause: 'refused', by: 'master_A' } }],
    ],
    ['long ago', loss({ at: 10_000_000 - tellOfLostMs }), []],
    ['not, but left with something undone', loss({ cause: 'left' }), []],
  ])('tells of one that was lost %s', (_, lost, views) => {
    expect(nodeViews(sight({ nodes: [], losses: [lost] }))).toMatchObject(views);
  });
});
