import { describe, expect, it } from 'vitest';
import { DeadlineGate } from './deadline-gate.js';

describe('DeadlineGate', () => {
  it('is open while the shared state answers', () => {
    const gate = new DeadlineGate(15_000);
    expect(gate.stateAnswered(1000)).toBe(true);
    expect(gate.stateAnswered(1500)).toBe(true);
  });

  it('stays closed for a whole grace period after the shared state was away', () => {
    const gate = new DeadlineGate(15_000);
    gate.stateAway();
    gate.stateAway();
    expect(gate.stateAnswered(60_000)).toBe(false);
    expect(gate.stateAnswered(74_999)).toBe(false);
    expect(gate.stateAnswered(75_000)).toBe(true);
  });
});
