import { Leg } from '@evercall/media-protocol';
import { describe, expect, it } from 'vitest';
import { MediaError } from '../errors/media-error.js';
import { LegTable } from './leg-table.js';

const leg = (life: number, generation: number) => Leg.parse({ sessionId: 'S', life, generation });
const limits = { keepMs: 1000, most: 10 };

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'allowed';
  } catch (error) {
    return error instanceof MediaError ? error.code : 'other';
  }
}

describe('LegTable', () => {
  it('knows a leg only after it was added', () => {
    const table = new LegTable<string>(limits);
    expect(codeOf(() => table.get(leg(1, 1), 0))).toBe('LEG_UNKNOWN');
    table.add(leg(1, 1), 'media');
    expect(table.get(leg(1, 1), 0)).toBe('media');
    expect(codeOf(() => table.get(leg(1, 2), 0))).toBe('LEG_UNKNOWN');
  });

  it('never lets a leg come back that ended', () => {
    const table = new LegTable<string>(limits);
    table.add(leg(2, 2), 'media');
    expect(table.end(leg(2, 2), 0)).toBe('media');
    for (const ended of [leg(2, 2), leg(2, 1), leg(1, 7)]) {
      expect(codeOf(() => table.assertMayOpen(ended, 1))).toBe('LEG_CLOSED');
      expect(codeOf(() => table.get(ended, 1))).toBe('LEG_CLOSED');
    }
    expect(codeOf(() => table.assertMayOpen(leg(2, 3), 1))).toBe('allowed');
    expect(codeOf(() => table.assertMayOpen(leg(3, 1), 1))).toBe('allowed');
  });

  it('never lets a leg come that was ended before it was heard of', () => {
    const table = new LegTable<string>(limits);
    expect(table.end(leg(1, 1), 0)).toBeUndefined();
    expect(codeOf(() => table.assertMayOpen(leg(1, 1), 1))).toBe('LEG_CLOSED');
  });

  it('keeps an older leg open beside a newer one, and lets it be used', () => {
    const table = new LegTable<string>(limits);
    table.add(leg(1, 1), 'old');
    expect(codeOf(() => table.assertMayOpen(leg(1, 2), 0))).toBe('allowed');
    table.add(leg(1, 2), 'new');
    expect(table.get(leg(1, 1), 0)).toBe('old');
    expect(table.all()).toEqual(['old', 'new']);
  });

  it('goes on with an older leg when the newer one is given up', () => {
    const table = new LegTable<string>(limits);
    table.add(leg(1, 1), 'old');
    table.add(leg(1, 2), 'new');
    table.end(leg(1, 2), 0);
    expect(table.get(leg(1, 1), 0)).toBe('old');
  });

  it('calls a leg outdated that is older than an open one', () => {
    const table = new LegTable<string>(limits);
    table.add(leg(2, 1), 'media');
    expect(codeOf(() => table.assertMayOpen(leg(1, 5), 0))).toBe('LEG_OUTDATED');
    expect(codeOf(() => table.get(leg(1, 5), 0))).toBe('LEG_OUTDATED');
  });
});
