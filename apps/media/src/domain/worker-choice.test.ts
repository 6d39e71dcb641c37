import { describe, expect, it } from 'vitest';
import { chooseWorker, expectedConsumersOf } from './worker-choice.js';

const idle = { cpu: 0, consumers: 0, legs: 0 };

describe('chooseWorker', () => {
  it('takes the worker with the fewest consumers', () => {
    const loads = [
      { ...idle, index: 0, consumers: 40 },
      { ...idle, index: 1, consumers: 10 },
    ];
    expect(chooseWorker(loads, 500)?.index).toBe(1);
  });

  it('counts the processor when that is what is scarce', () => {
    const loads = [
      { ...idle, index: 0, consumers: 10, cpu: 0.9 },
      { ...idle, index: 1, consumers: 100, cpu: 0.2 },
    ];
    expect(chooseWorker(loads, 500)?.index).toBe(1);
  });

  it('takes the one with fewer legs when nothing else differs', () => {
    const loads = [
      { ...idle, index: 0, legs: 3 },
      { ...idle, index: 1, legs: 2 },
    ];
    expect(chooseWorker(loads, 500)?.index).toBe(1);
  });

  it('spreads a burst of new legs that have no consumers yet', () => {
    const legs = [0, 0];
    for (let opened = 0; opened < 10; opened += 1) {
      const loads = legs.map((count, index) => ({
        index,
        cpu: 0,
        consumers: count * expectedConsumersOf({ ageMs: 5, consumers: 0 }),
        legs: count,
      }));
      const { index = 0 } = chooseWorker(loads, 500) ?? {};
      legs[index]! += 1;
    }
    expect(legs).toEqual([5, 5]);
  });

  it('has no choice without workers', () => expect(chooseWorker([], 500)).toBeUndefined());
});

describe('expectedConsumersOf', () => {
  it('believes an older leg', () => {
    expect(expectedConsumersOf({ ageMs: 60_000, consumers: 2 })).toBe(2);
    expect(expectedConsumersOf({ ageMs: 10, consumers: 90 })).toBe(90);
  });
});
