import { beforeEach, describe, expect, it } from 'vitest';
import { Wakefulness } from './wakefulness.js';

let wakefulness: Wakefulness;
beforeEach(() => {
  wakefulness = new Wakefulness(1000, 0);
  for (const now of [250, 500, 750]) wakefulness.tick(now);
});

describe('Wakefulness', () => {
  it('takes short gaps for work', () => {
    wakefulness.tick(1750);
    expect(wakefulness.hasSlept(2750)).toBe(false);
  });

  it('notices a long gap before the first tick after it', () => {
    expect(wakefulness.hasSlept(1751)).toBe(true);
  });

  it('remembers it until it was looked up', () => {
    wakefulness.tick(5000);
    wakefulness.tick(5250);
    expect(wakefulness.hasSlept(5300)).toBe(true);
    wakefulness.cleared(5300);
    expect(wakefulness.hasSlept(5400)).toBe(false);
  });
});
