import { describe, expect, it } from 'vitest';
import { type Evidence, judge } from './judgement.js';

const healthy: Evidence = {
  linkClosedAt: undefined,
  linkUp: true,
  lastConnect: 'accepted',
  otherIncarnation: undefined,
  lateMs: 0,
  failingForMs: [],
  observers: 2,
};

describe('judge', () => {
  it.each<[string, Partial<Evidence>, string | undefined]>([
    ['a healthy node', {}, undefined],
    [
      'a killed process: link closed, connection refused',
      { linkClosedAt: 1, lastConnect: 'refused' },
      'refused',
    ],
    [
      'a link that closed while the node still accepts',
      { linkClosedAt: 1, lastConnect: 'accepted' },
      undefined,
    ],
    ['a link that closed, with no answer yet', { linkClosedAt: 1, lastConnect: 'unanswered' }, undefined],
    ['a refused connection beside a link that is up', { lastConnect: 'refused' }, undefined],
    ['the same with late heartbeats', { lastConnect: 'refused', lateMs: 9000 }, undefined],
    [
      'a closed port and late heartbeats of a node that nobody had a link to',
      { linkUp: false, lastConnect: 'refused', lateMs: 1000 },
      'refused',
    ],
    [
      'the same while heartbeats come in time',
      { linkUp: false, lastConnect: 'refused', lateMs: 999 },
      undefined,
    ],
    ['the same while Redis is away', { linkUp: false, lastConnect: 'refused', lateMs: undefined }, undefined],
    [
      'a killed process while Redis is away',
      { linkClosedAt: 1, lastConnect: 'refused', lateMs: undefined },
      'refused',
    ],
    ['another run of the process at its address', { otherIncarnation: 'media_Other000' }, 'replaced'],
    ['late heartbeats alone, however late', { lateMs: 600_000 }, undefined],
    ['failed probes alone, from everybody', { failingForMs: [9000, 9000] }, undefined],
    ['silence that two have noticed', { lateMs: 1500, failingForMs: [1500, 1600] }, 'silent'],
    ['silence that only one of two has noticed', { lateMs: 9000, failingForMs: [9000] }, undefined],
    [
      'silence that the only observer has noticed',
      { lateMs: 1500, failingForMs: [1500], observers: 1 },
      'silent',
    ],
    ['silence that is too short', { lateMs: 1500, failingForMs: [1399, 9000] }, undefined],
    ['silence while Redis is away', { lateMs: undefined, failingForMs: [9000, 9000] }, undefined],
  ])('%s', (_, evidence, cause) => expect(judge({ ...healthy, ...evidence })).toBe(cause));
});
