import { activeConnection, type Deadline, type SessionState } from '@evercall/cluster';
import type { ConnectionId, MasterId } from '@evercall/protocol';
import { change, type Rule, refuse, unchanged } from './decision.js';

function grace(state: SessionState, connectionId: ConnectionId, socketGeneration: number): Deadline {
  const { sessionId, life } = state.record;
  return { kind: 'grace', sessionId, life, connectionId, socketGeneration };
}

/** Gives a connection a new socket; requests of older ones are refused from then on. Answers its generation. */
export function attach(connectionId: ConnectionId, masterId: MasterId): Rule<number> {
  return (state) => {
    const connection = activeConnection(state, connectionId);
    if (!connection) return refuse('CONNECTION_ENDED', 'this connection is no longer in the session');
    const generation = connection.socketGeneration + 1;
    const old = connection.socket?.masterId;
    return change(generation, {
      relies: { connections: [connectionId] },
      connections: new Map([
        [connectionId, { ...connection, socket: { masterId, generation }, socketGeneration: generation }],
      ]),
      attached: [{ nodeId: masterId, connectionId }],
      ...(old && old !== masterId ? { detached: [{ nodeId: old, connectionId }] } : {}),
      unschedule: [grace(state, connectionId, connection.socketGeneration)],
    });
  };
}

/**
 * A socket closed: the connection stays for the grace period. Nothing happens if another socket has taken it over or
 * the connection is over. Answers whether it is detached now.
 */
export function detach(
  caller: { connectionId: ConnectionId; socketGeneration: number },
  graceMs: number,
): Rule<boolean> {
  const { connectionId, socketGeneration } = caller;
  return (state) => {
    const connection = activeConnection(state, connectionId);
    if (connection?.socket?.generation !== socketGeneration) return unchanged(false);
    return change(true, {
      relies: { connections: [connectionId] },
      connections: new Map([[connectionId, { ...connection, socket: null }]]),
      detached: [{ nodeId: connection.socket.masterId, connectionId }],
      schedule: [{ deadline: grace(state, connectionId, socketGeneration), inMs: graceMs }],
    });
  };
}
