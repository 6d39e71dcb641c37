import type { Position } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { entriesSince } from './lineage.js';

const at = (epoch: number, sequence: number): Position => ({ epoch, sequence });

describe('entriesSince', () => {
  it.each<[string, Position, Position, Position | undefined, number | undefined]>([
    ['within one epoch', at(5, 7), at(5, 12), undefined, 5],
    ['at the head', at(5, 12), at(5, 12), undefined, 0],
    ['beyond the head: the log lost its end', at(5, 13), at(5, 12), undefined, undefined],
    ['before the fork: nothing of it was lost', at(5, 9), at(6, 12), at(5, 11), 3],
    ['at the fork', at(5, 11), at(6, 11), at(5, 11), 0],
    ['beyond the fork: it is on the branch that was lost', at(5, 12), at(6, 14), at(5, 11), undefined],
    ['two epochs back: nobody can tell', at(4, 9), at(6, 12), at(5, 11), undefined],
    ['an epoch that the log has not reached', at(7, 1), at(6, 12), at(5, 11), undefined],
  ])('%s', (_, after, head, fork, count) => expect(entriesSince(after, { head, fork })).toBe(count));
});
