import { expect, it } from 'vitest';
import type { ClusterNode, ClusterView } from './cluster-view.js';
import { newlyLost, nodeRows } from './panel-model.js';

const node = (id: string, name: string, change: Partial<ClusterNode> = {}): ClusterNode => ({
  id,
  name,
  role: name.startsWith('master') ? 'master' : 'media',
  state: 'running',
  ...change,
});
const lost = (at: number) => ({ state: 'lost', lost: { at, cause: 'refused' } });
const view = (nodes: ClusterNode[], room: ClusterView['room'] = null): ClusterView => ({
  playground: true,
  ageMs: 0,
  nodes,
  room,
});
const viewer = {
  others: new Map([
    ['con_b', 'Bob'],
    ['con_c', 'Cyd'],
  ]),
  masterId: 'm1',
  mediaNodeId: 'd1',
};

it('lists those that live by name, then those lost last, three at most', () => {
  const nodes = [
    node('m10', 'master-10'),
    node('x1', 'master-2', lost(1)),
    node('x2', 'master-2', lost(2)),
    node('x3', 'master-2', lost(3)),
    node('x4', 'master-1', lost(4)),
    node('m2', 'master-2'),
    node('d1', 'media-1'),
  ];
  const rows = nodeRows(view(nodes), viewer);
  expect(rows.master.map((row) => row.node.id)).toEqual(['m2', 'm10', 'x4', 'x3', 'x2']);
  expect(rows.media.map((row) => row.node.id)).toEqual(['d1']);
});

it('says whom each node serves', () => {
  const room = {
    legs: [{ mediaNodeId: 'd1', leaving: false }],
    connections: [
      { connectionId: 'con_me', masterName: 'master-1', attached: true },
      { connectionId: 'con_b', masterName: 'master-2', attached: true },
      { connectionId: 'con_c', masterName: null, attached: false },
    ],
  };
  const nodes = [
    node('m1', 'master-1'),
    node('m2', 'master-2'),
    node('d1', 'media-1'),
    node('d2', 'media-2'),
  ];
  const { master, media } = nodeRows(view(nodes, room), viewer);
  expect(master).toMatchObject([
    { servesMe: true, serves: [] },
    { servesMe: false, serves: ['Bob'] },
  ]);
  expect(media).toMatchObject([
    { servesMe: true, serves: ['Bob', 'Cyd'] },
    { servesMe: false, serves: [] },
  ]);
});

it('lets a lost node serve nobody, though its replacement has its name', () => {
  const room = {
    legs: [],
    connections: [{ connectionId: 'con_b', masterName: 'master-1', attached: true }],
  };
  const nodes = [node('m1', 'master-1', lost(1)), node('m9', 'master-1')];
  expect(nodeRows(view(nodes, room), viewer).master).toMatchObject([
    { node: { id: 'm9' }, serves: ['Bob'] },
    { node: { id: 'm1' }, isLost: true, servesMe: false, serves: [] },
  ]);
});

it('tells of each loss once, and of none that was there before it looked', () => {
  const before = view([node('m1', 'master-1'), node('m2', 'master-2', lost(1))]);
  const after = view([node('m1', 'master-1', lost(2)), node('m2', 'master-2', lost(1))]);
  expect(newlyLost(undefined, before)).toEqual([]);
  expect(newlyLost(before, after).map(({ id }) => id)).toEqual(['m1']);
  expect(newlyLost(after, after)).toEqual([]);
});
