import { describe, expect, it } from 'vitest';
import { active, ann, masterA, masterB, pending, stateOf } from '../../../test/support/state.js';
import { attach, detach } from './attach.js';
import { join } from './join.js';

describe('a socket', () => {
  it('that takes a connection over makes the older one count no more', () => {
    const { change, result } = attach(ann, masterB)(stateOf([active(ann)]));
    expect(result).toBe(2);
    expect(change?.connections?.get(ann)).toMatchObject({ socket: { masterId: masterB, generation: 2 } });
    expect(change).toMatchObject({
      attached: [{ nodeId: masterB, connectionId: ann }],
      detached: [{ nodeId: masterA, connectionId: ann }],
      unschedule: [{ kind: 'grace', socketGeneration: 1 }],
    });
  });

  it('that closes starts the grace period of its connection', () => {
    const { change, result } = detach(
      { connectionId: ann, socketGeneration: 1 },
      15_000,
    )(stateOf([active(ann)]));
    expect(result).toBe(true);
    expect(change?.schedule).toMatchObject([
      { inMs: 15_000, deadline: { kind: 'grace', socketGeneration: 1 } },
    ]);
  });

  it('that closes late does nothing to the one that took over', () => {
    const state = stateOf([
      active(ann, { socket: { masterId: masterB, generation: 2 }, socketGeneration: 2 }),
    ]);
    expect(detach({ connectionId: ann, socketGeneration: 1 }, 15_000)(state).change).toBeUndefined();
  });

  it('can not bring back a connection that ended', () => {
    expect(() => attach(ann, masterB)(stateOf([]))).toThrow(
      expect.objectContaining({ code: 'CONNECTION_ENDED' }),
    );
  });
});

describe('joining', () => {
  const request = { connectionId: ann, masterId: masterA, clientData: 'cli', platform: '', ip: '', now: 5 };

  it('uses the token up and tells the others, with the data of client and server', () => {
    const { change } = join(request)(stateOf([pending(ann)]));
    expect(change).toMatchObject({ active: 1, usedTokens: [pending(ann).tokenId] });
    expect(change?.events).toMatchObject([
      { audience: { to: 'others', than: ann }, event: { connection: { data: 'cli%/%srv', createdAt: 5 } } },
    ]);
  });

  it('is refused with a used token', () => {
    expect(() => join(request)(stateOf([active(ann)]))).toThrow(
      expect.objectContaining({ code: 'TOKEN_INVALID' }),
    );
  });
});
