import type { PendingConnection } from '@evercall/cluster';
import type { ConnectionId, ConnectionProperties, TokenId } from '@evercall/protocol';
import { change, type Rule } from './decision.js';

/** A connection to be, with the token that makes it one. */
export interface NewConnection {
  connectionId: ConnectionId;
  tokenId: TokenId;
  properties: ConnectionProperties;
  /** Milliseconds since 1970. */
  now: number;
  /** Milliseconds for which the token can be used. */
  tokenTtlMs: number;
}

export function createConnection(request: NewConnection): Rule<PendingConnection> {
  const { connectionId, tokenId, now, tokenTtlMs } = request;
  const { role, record, ...properties } = request.properties;
  return (state) => {
    const pending: PendingConnection = {
      schema: 1,
      status: 'pending',
      connectionId,
      tokenId,
      createdAt: now,
      role,
      record,
      properties,
    };
    const { sessionId, life } = state.record;
    return change(pending, {
      relies: { connections: [connectionId] },
      connections: new Map([[connectionId, pending]]),
      tokens: [{ tokenId, connectionId, ttlMs: tokenTtlMs }],
      schedule: [{ deadline: { kind: 'token', sessionId, life, connectionId }, inMs: tokenTtlMs }],
    });
  };
}
