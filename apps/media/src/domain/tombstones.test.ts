import { Leg } from '@evercall/media-protocol';
import { describe, expect, it } from 'vitest';
import { Tombstones } from './tombstones.js';

const leg = (life: number, generation: number, sessionId = 'S') => Leg.parse({ sessionId, life, generation });

describe('Tombstones', () => {
  it('cover the leg that ended and every lower one, and no higher one', () => {
    const tombstones = new Tombstones({ keepMs: 1000, most: 10 });
    tombstones.leave(leg(2, 3), 0);
    expect(tombstones.covers(leg(2, 3), 0)).toBe(true);
    expect(tombstones.covers(leg(2, 2), 0)).toBe(true);
    expect(tombstones.covers(leg(1, 9), 0)).toBe(true);
    expect(tombstones.covers(leg(2, 4), 0)).toBe(false);
    expect(tombstones.covers(leg(3, 1), 0)).toBe(false);
    expect(tombstones.covers(leg(2, 3, 'other'), 0)).toBe(false);
  });

  it('keep the highest mark when a lower leg ends after it', () => {
    const tombstones = new Tombstones({ keepMs: 1000, most: 10 });
    tombstones.leave(leg(1, 2), 0);
    tombstones.leave(leg(1, 1), 10);
    expect(tombstones.covers(leg(1, 2), 10)).toBe(true);
  });

  it('name what was lost, until its end is wished, a higher leg ends, or their time is over', () => {
    const tombstones = new Tombstones({ keepMs: 1000, most: 10 });
    tombstones.leave(leg(1, 1, 'noted'), 0, 'lost');
    tombstones.leave(leg(1, 1, 'overtaken'), 0, 'lost');
    tombstones.leave(leg(1, 2, 'unheard'), 0, 'lost');
    tombstones.leave(leg(1, 1, 'wished'), 0);
    expect(tombstones.lost(0)).toHaveLength(3);
    tombstones.leave(leg(1, 1, 'noted'), 10);
    tombstones.leave(leg(1, 2, 'overtaken'), 10);
    tombstones.leave(leg(1, 1, 'unheard'), 10);
    expect(tombstones.lost(10)).toEqual([leg(1, 2, 'unheard')]);
    expect(tombstones.lost(1011)).toEqual([]);
  });

  it('are forgotten after their time', () => {
    const tombstones = new Tombstones({ keepMs: 1000, most: 10 });
    tombstones.leave(leg(1, 1), 0);
    expect(tombstones.covers(leg(1, 1), 1000)).toBe(true);
    expect(tombstones.covers(leg(1, 1), 1001)).toBe(false);
    tombstones.leave(leg(1, 1, 'later'), 2000);
    expect(tombstones.size).toBe(1);
  });

  it('stay within their bound, the oldest going first', () => {
    const tombstones = new Tombstones({ keepMs: 1000, most: 2 });
    for (const [at, id] of ['a', 'b', 'a', 'c'].entries()) tombstones.leave(leg(1, 1, id), at);
    expect(tombstones.size).toBe(2);
    expect(tombstones.covers(leg(1, 1, 'b'), 4)).toBe(false);
    expect(tombstones.covers(leg(1, 1, 'a'), 4)).toBe(true);
  });
});
