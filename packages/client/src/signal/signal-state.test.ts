import { describe, expect, it } from 'vitest';
import { transitions } from './signal-state.js';

describe('the states of a connection', () => {
  it('can all be ended, and none is left once ended', () => {
    const { ended, ...others } = transitions;
    for (const steps of Object.values(others)) expect(steps.end).toBe('ended');
    expect(ended).toEqual({});
  });

  it('lead to nothing but states', () => {
    const targets = Object.values(transitions).flatMap((steps) => Object.values(steps));
    for (const target of targets) expect(transitions).toHaveProperty(target);
  });

  it('go on from a lost socket by resuming only', () => {
    expect(transitions.connected.lost).toBe('reconnecting');
    expect(transitions.reconnecting).toEqual({ resumed: 'connected', end: 'ended' });
  });
});
