import type { ActiveConnection } from '@evercall/cluster';
import { type ConnectionId, joinData, type MasterId } from '@evercall/protocol';
import { change, type Rule, refuse } from './decision.js';

/** Somebody uses a token. */
export interface Join {
  connectionId: ConnectionId;
  masterId: MasterId;
  clientData: string;
  platform: string;
  ip: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Uses a token up: the pending connection becomes an active one with its first socket. */
export function join(request: Join): Rule<ActiveConnection> {
  const { connectionId, masterId, clientData, platform, ip, now } = request;
  return (state) => {
    const pending = state.connections.get(connectionId);
    if (pending?.status !== 'pending') return refuse('TOKEN_INVALID', 'the token was used already');
    const connection: ActiveConnection = {
      ...pending,
      status: 'active',
      activeAt: now,
      clientData,
      platform,
      ip,
      leg: 0,
      socket: { masterId, generation: 1 },
      socketGeneration: 1,
    };
    const { sessionId, life } = state.record;
    const info = {
      connectionId,
      createdAt: now,
      data: joinData(clientData, pending.properties.serverData),
    };
    return change(connection, {
      relies: { connections: [connectionId], active: true },
      active: state.active + 1,
      connections: new Map([[connectionId, connection]]),
      usedTokens: [pending.tokenId],
      unschedule: [
        { kind: 'token', sessionId, life, connectionId },
        { kind: 'unused', sessionId, life },
      ],
      attached: [{ nodeId: masterId, connectionId }],
      events: [
        {
          audience: { to: 'others', than: connectionId },
          event: { type: 'connectionCreated', connection: info },
        },
      ],
    });
  };
}
