import { describe, expect, it } from 'vitest';
import { active, ann, masterA, masterB, stateOf } from '../../../test/support/state.js';
import { handOver } from './hand-over.js';

describe('handOver', () => {
  it('makes another living master the host', () => {
    expect(handOver(masterA, masterB)(stateOf([active(ann)]))).toEqual({
      result: true,
      change: { relies: { alive: masterB }, hostId: masterB },
    });
  });

  it('leaves a session alone that another master hosts', () => {
    expect(handOver(masterB, masterA)(stateOf([active(ann)])).change).toBeUndefined();
  });
});
