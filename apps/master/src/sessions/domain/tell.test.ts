import { describe, expect, it } from 'vitest';
import { active, ann, stateOf } from '../../../test/support/state.js';
import { tell } from './tell.js';

const raised = { name: 'handRaised', data: { raised: true } } as const;

describe('an event of the application', () => {
  it('is told to everybody, the teller included, with who told it', () => {
    const { change } = tell({ connectionId: ann, socketGeneration: 1 }, raised)(stateOf([active(ann)]));
    expect(change?.events).toEqual([
      { audience: { to: 'all' }, event: { type: 'app', ...raised, from: ann } },
    ]);
  });

  it('is not told by a socket that another one replaced', () => {
    const old = tell({ connectionId: ann, socketGeneration: 0 }, raised);
    expect(() => old(stateOf([active(ann)]))).toThrow(expect.objectContaining({ code: 'STALE_SOCKET' }));
  });
});
