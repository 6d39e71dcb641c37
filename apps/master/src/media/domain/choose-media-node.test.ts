import type { Candidate } from '@evercall/cluster';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { chooseMediaNode } from './choose-media-node.js';

type Change = {
  state?: 'running' | 'terminating';
  cpu?: number;
  consumers?: number;
  lateMs?: number;
  reservations?: number;
  alive?: boolean;
};

function node(letter: string, change: Change = {}): Candidate {
  const { state = 'running', cpu = 0, consumers = 0, lateMs = 100, reservations = 0, alive = true } = change;
  return {
    record: {
      schema: 1,
      role: 'media',
      id: MediaNodeId.parse(`media_${letter.repeat(8)}`),
      name: letter,
      url: 'http://127.0.0.1:1',
      pid: 1,
      startedAt: 1,
      version: '0',
      state,
      workers: 2,
      softCapacity: 400,
      hardCapacity: 500,
    },
    load: {
      cpu,
      sessions: 0,
      consumers,
      producers: 0,
      connections: 0,
      workers: [
        { consumers, alive },
        { consumers: 0, alive },
      ],
    },
    lateMs,
    heartbeatAt: '1',
    reservations,
  };
}

const chosen = (candidates: Candidate[], wanted?: string) =>
  chooseMediaNode(candidates, { generation: 1, ...(wanted ? { wanted } : {}) })?.node.name;

describe('chooseMediaNode', () => {
  it.each<[string, Candidate[], string | undefined]>([
    ['the one that forwards less', [node('A', { consumers: 50 }), node('B', { consumers: 10 })], 'B'],
    ['the one with the cooler cores', [node('A', { cpu: 0.9 }), node('B', { consumers: 40 })], 'B'],
    ['the one that was promised less', [node('A', { reservations: 3 }), node('B', { reservations: 1 })], 'B'],
    ['none that drains', [node('A', { state: 'terminating' })], undefined],
    ['none that is full', [node('A', { consumers: 400 })], undefined],
    [
      'one without a living worker only if no other has room',
      [node('A', { alive: false }), node('B', { consumers: 399 })],
      'B',
    ],
    ['one whose workers are about to be replaced rather than none', [node('A', { alive: false })], 'A'],
    ['none that was not heard of lately', [node('A', { lateMs: 4000 }), node('B', { consumers: 300 })], 'B'],
    ['none if there is none', [], undefined],
  ])('takes %s', (_, candidates, name) => expect(chosen(candidates)).toBe(name));

  it('takes the wanted one, or none', () => {
    const candidates = [node('A'), node('B', { consumers: 300 })];
    expect(chosen(candidates, 'media_BBBBBBBB')).toBe('B');
    expect(chosen(candidates, 'media_CCCCCCCC')).toBeUndefined();
  });

  it('spreads a burst over nodes before their load shows it', () => {
    const promised = new Map([
      ['A', 0],
      ['B', 0],
      ['C', 0],
    ]);
    for (let n = 0; n < 9; n += 1) {
      const name = chosen([...promised].map(([letter, reservations]) => node(letter, { reservations })))!;
      promised.set(name, promised.get(name)! + 1);
    }
    expect([...promised.values()]).toEqual([3, 3, 3]);
  });

  it('takes the worker that forwards less', () => {
    expect(chooseMediaNode([node('A', { consumers: 10 })], { generation: 3 })?.placement.legs).toMatchObject([
      { worker: 1, generation: 3 },
    ]);
  });

  it('lets recovery pass the soft limit, up to the hard one', () => {
    const recovery = { generation: 2, recovery: true };
    expect(chooseMediaNode([node('A', { consumers: 499 })], recovery)?.node.name).toBe('A');
    expect(chooseMediaNode([node('A', { consumers: 500 })], recovery)).toBeUndefined();
  });

  it('knows better than the last heartbeat which worker is dead', () => {
    const dead = { mediaNodeId: 'media_AAAAAAAA', worker: 1 };
    const choice = chooseMediaNode([node('A', { consumers: 10 })], { generation: 2, dead, cause: 'worker' });
    expect(choice?.placement.legs).toMatchObject([{ worker: 0, generation: 2, cause: 'worker' }]);
  });
});
