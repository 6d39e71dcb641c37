import { describe, expect, it } from 'vitest';
import { OrphanGrace } from './orphan-grace.js';

describe('OrphanGrace', () => {
  it('counts from the start while no master has come', () => {
    const grace = new OrphanGrace(1000, 50);
    expect(grace.isOver(1049)).toBe(false);
    expect(grace.isOver(1050)).toBe(true);
  });

  it('is never over while one link is open', () => {
    const grace = new OrphanGrace(1000, 0);
    grace.opened();
    grace.opened();
    grace.closed(10);
    expect(grace.isOver(1_000_000)).toBe(false);
  });

  it('starts over when the last link closes', () => {
    const grace = new OrphanGrace(1000, 0);
    grace.opened();
    grace.closed(5000);
    expect(grace.isOver(5999)).toBe(false);
    expect(grace.isOver(6000)).toBe(true);
    grace.opened();
    expect(grace.isOver(6000)).toBe(false);
  });
});
