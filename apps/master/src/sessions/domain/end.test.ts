import { describe, expect, it } from 'vitest';
import {
  active,
  ann,
  annsStream,
  bob,
  moderator,
  pending,
  stateOf,
  stream,
} from '../../../test/support/state.js';
import { closeSession, endConnection, expire, forceDisconnect, leave } from './end.js';

const asAnn = { connectionId: ann, socketGeneration: 1 };

describe('a connection that leaves', () => {
  it('takes its streams, subscriptions and deadlines along, and the others are told', () => {
    const { change, result } = leave(asAnn)(stateOf([active(ann), active(bob)], [stream(annsStream)]));
    expect(result).toEqual({ connectionIds: [ann], sessionEnded: false });
    expect(change).toMatchObject({
      active: 1,
      connections: new Map([[ann, null]]),
      streams: new Map([[annsStream, null]]),
      unsubscribed: [ann],
      ended: [{ connectionId: ann, reason: 'disconnect' }],
      events: [
        {
          audience: { to: 'others', than: ann },
          event: { type: 'connectionDestroyed', reason: 'disconnect' },
        },
      ],
    });
    expect(change?.close).toBeUndefined();
    expect(change?.relies?.active).toBe(true);
  });

  it('closes the session when it was the last, with what was still pending', () => {
    const { change, result } = leave(asAnn)(stateOf([active(ann), pending(bob)]));
    expect(result.sessionEnded).toBe(true);
    expect(change).toMatchObject({ close: 'disconnect', usedTokens: [pending(bob).tokenId] });
    expect(change?.connections).toEqual(
      new Map([
        [ann, null],
        [bob, null],
      ]),
    );
  });

  it('may not do so on a socket that was replaced', () => {
    const taken = active(ann, { socket: { ...active(ann).socket!, generation: 2 }, socketGeneration: 2 });
    expect(() => leave(asAnn)(stateOf([taken]))).toThrow(expect.objectContaining({ code: 'STALE_SOCKET' }));
  });
});

describe('a connection that is ended', () => {
  it('is told, too, when a backend does it', () => {
    const { change } = endConnection(bob, 'forceDisconnectByServer')(stateOf([active(ann), active(bob)]));
    expect(change?.events).toMatchObject([
      { audience: { to: 'all' }, event: { reason: 'forceDisconnectByServer' } },
    ]);
  });

  it('gives no event when it is only a token', () => {
    const { change } = endConnection(bob, 'forceDisconnectByServer')(stateOf([active(ann), pending(bob)]));
    expect(change?.events).toBeUndefined();
    expect(change?.usedTokens).toEqual([pending(bob).tokenId]);
  });

  it('answers nothing when there is none', () => {
    expect(endConnection(bob, 'disconnect')(stateOf([active(ann)]))).toEqual({
      change: undefined,
      result: undefined,
    });
  });

  it.each([
    ['a publisher', active(ann), bob, 'PERMISSION_DENIED'],
    ['a moderator for itself', moderator(ann), ann, 'CONNECTION_NOT_FOUND'],
    ['a moderator for a stranger', moderator(ann), 'con_Stranger00', 'CONNECTION_NOT_FOUND'],
  ])('is refused to %s', (_, caller, target, code) => {
    const rule = forceDisconnect(asAnn, target as typeof bob);
    expect(() => rule(stateOf([caller, active(bob)]))).toThrow(expect.objectContaining({ code }));
  });

  it('is allowed to a moderator', () => {
    const { result } = forceDisconnect(asAnn, bob)(stateOf([moderator(ann), active(bob)]));
    expect(result.connectionIds).toEqual([bob]);
  });
});

describe('closing a session', () => {
  it('tells everybody once and leaves nothing', () => {
    const { change } = closeSession('sessionClosedByServer')(
      stateOf([active(ann), active(bob), pending('con_C000000000' as typeof ann)]),
    );
    expect(change).toMatchObject({ close: 'sessionClosedByServer', active: 0 });
    expect(change?.events).toEqual([
      { audience: { to: 'all' }, event: { type: 'sessionClosed', reason: 'sessionClosedByServer' } },
    ]);
    expect(change?.connections?.size).toBe(3);
  });
});

describe('a deadline that has passed', () => {
  const grace = {
    kind: 'grace',
    sessionId: stateOf([]).record.sessionId,
    life: 1,
    connectionId: ann,
    socketGeneration: 1,
  } as const;

  it('ends a connection that is still detached', () => {
    const { change, result } = expire(grace)(stateOf([active(ann, { socket: null }), active(bob)]));
    expect(result.connectionIds).toEqual([ann]);
    expect(change?.relies?.deadline).toEqual(grace);
    expect(change?.events).toMatchObject([{ event: { reason: 'networkDisconnect' } }]);
  });

  it.each([
    ['has a socket again', active(ann, { socketGeneration: 2 })],
    ['was detached anew', active(ann, { socket: null, socketGeneration: 2 })],
  ])('only goes away when the connection %s', (_, connection) => {
    const { change, result } = expire(grace)(stateOf([connection]));
    expect(result.connectionIds).toEqual([]);
    expect(change).toEqual({ relies: { deadline: grace } });
  });

  it('takes an unused token back, and an unused session away', () => {
    const { sessionId } = grace;
    const token = expire({ kind: 'token', sessionId, life: 1, connectionId: ann })(
      stateOf([pending(ann), active(bob)]),
    );
    expect(token.change?.connections).toEqual(new Map([[ann, null]]));
    expect(
      expire({ kind: 'unused', sessionId, life: 1 })(stateOf([pending(ann)])).change?.close,
    ).toBeDefined();
    expect(
      expire({ kind: 'unused', sessionId, life: 1 })(stateOf([active(ann)])).change?.close,
    ).toBeUndefined();
  });
});
