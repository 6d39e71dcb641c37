import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

describe('FakeClock', () => {
  it('runs timers in the order of their time, at their time', () => {
    const clock = new FakeClock(0);
    const seen: [string, number][] = [];
    clock.setTimeout(() => seen.push(['late', clock.now()]), 20);
    clock.setTimeout(() => seen.push(['early', clock.now()]), 10);
    clock.advance(15);
    expect(seen).toEqual([['early', 10]]);
    clock.advance(5);
    expect(seen).toEqual([
      ['early', 10],
      ['late', 20],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('repeats intervals until they are cleared', () => {
    const clock = new FakeClock(0);
    let runs = 0;
    const handle = clock.setInterval(() => (runs += 1), 10);
    clock.advance(35);
    clock.clearInterval(handle);
    clock.advance(100);
    expect(runs).toBe(3);
  });

  it('lets promises run between timers', async () => {
    const clock = new FakeClock(0);
    const seen: number[] = [];
    const sleep = (ms: number) => new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
    const loop = (async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await sleep(10);
        seen.push(clock.now());
      }
    })();
    await clock.advanceAsync(30);
    await loop;
    expect(seen).toEqual([10, 20, 30]);
  });
});
