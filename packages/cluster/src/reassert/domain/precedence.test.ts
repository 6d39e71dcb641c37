import { describe, expect, it } from 'vitest';
import { type LifeVersion, type Precedence, precedence } from './precedence.js';

const open = (epoch: number, version: number, fork?: { epoch: number; version: number }): LifeVersion => ({
  life: 3,
  isOpen: true,
  epoch,
  version,
  fork,
});
const tombstone: LifeVersion = { ...open(5, 20), isOpen: false };

describe('precedence', () => {
  it.each<[string, LifeVersion, LifeVersion | undefined, Precedence]>([
    ['an empty state gets what is remembered', open(5, 10), undefined, 'restore'],
    ['an empty state gets its tombstones back', tombstone, undefined, 'bury'],
    ['an older copy gets what it lacks', open(5, 12), open(5, 11), 'restore'],
    ['nothing was lost', open(5, 11), open(5, 11), 'keep'],
    ['the state knows more than this master', open(5, 10), open(5, 11), 'keep'],
    ['another master told the same', open(5, 10), open(6, 10, { epoch: 5, version: 10 }), 'keep'],
    ['another master told less', open(5, 12), open(6, 10, { epoch: 5, version: 10 }), 'restore'],
    ['another master told more', open(5, 9), open(6, 10, { epoch: 5, version: 10 }), 'keep'],
    ['somebody has gone on since', open(5, 12), open(6, 11, { epoch: 5, version: 10 }), 'keep'],
    ['somebody created it after the loss', open(5, 12), open(6, 1), 'keep'],
    ['a copy from two epochs ago', open(6, 4), open(4, 30), 'restore'],
    ['a memory from two epochs ago', open(4, 30), open(6, 10, { epoch: 5, version: 10 }), 'keep'],
    ['what was buried stays dead', open(5, 30), tombstone, 'keep'],
    ['a tombstone buries what was restored', tombstone, open(6, 30, { epoch: 5, version: 30 }), 'bury'],
    ['the life before this one', open(5, 1), { ...open(5, 90), life: 2 }, 'restore'],
    ['a later life', open(5, 90), { ...open(6, 1), life: 4 }, 'keep'],
    ['a later life and an old tombstone', tombstone, { ...open(6, 1), life: 4 }, 'keep'],
  ])('%s', (_, memory, stored, outcome) => expect(precedence(memory, stored)).toBe(outcome));
});
