import { describe, expect, it } from 'vitest';
import { Backlog } from './backlog.js';

/** One that serves ten at once, each in 100 ms. */
function measured(): Backlog {
  const backlog = new Backlog(10);
  for (let n = 0; n < 200; n += 1) backlog.served(100);
  return backlog;
}

describe('Backlog', () => {
  it('sends each one away for longer than the one before, as fast as it serves', () => {
    const backlog = measured();
    const waits = Array.from({ length: 5 }, () => backlog.sendAway({ ahead: 20, now: 1000 }));
    expect(waits).toEqual([210, 220, 230, 240, 250]);
  });

  it('counts from now once the crowd it sent away has been served', () => {
    const backlog = measured();
    backlog.sendAway({ ahead: 20, now: 1000 });
    expect(backlog.sendAway({ ahead: 20, now: 9000 })).toBe(210);
  });

  it('names no wait that is too short to spread anything or too long to be borne', () => {
    const backlog = measured();
    expect(backlog.sendAway({ ahead: 0, now: 0 })).toBe(50);
    expect(backlog.sendAway({ ahead: 100_000, now: 0 })).toBe(5000);
  });
});
