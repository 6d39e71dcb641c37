import {
  type ActiveConnection,
  activeConnections,
  type ConnectionRecord,
  type Deadline,
  type MoveEnd,
  type NewEntry,
  type SessionChange,
  type SessionState,
  streamsOf,
} from '@evercall/cluster';
import type { ConnectionEndReason, ConnectionId } from '@evercall/protocol';
import { type Caller, callerOf, mustBeAllowed } from './caller.js';
import { change, type Rule, refuse, unchanged } from './decision.js';

/** What a connection's end means for the media node and the caller. */
export interface Ended {
  /** Active connections that are gone. */
  connectionIds: ConnectionId[];
  /** The session is over with them. */
  sessionEnded: boolean;
}

const nobody: Ended = { connectionIds: [], sessionEnded: false };

/** Takes away all that belongs to these connections; events are the caller's. */
function removal(state: SessionState, gone: ConnectionRecord[], reason: ConnectionEndReason): SessionChange {
  const { sessionId, life } = state.record;
  const active = gone.filter((connection) => connection.status === 'active');
  const pending = gone.filter((connection) => connection.status === 'pending');
  return {
    relies: { connections: gone.map(({ connectionId }) => connectionId), active: true },
    active: state.active - active.length,
    connections: new Map(gone.map(({ connectionId }) => [connectionId, null])),
    streams: new Map(
      gone.flatMap(({ connectionId }) =>
        streamsOf(state, connectionId).map(({ info }) => [info.streamId, null]),
      ),
    ),
    unsubscribed: active.map(({ connectionId }) => connectionId),
    usedTokens: pending.map(({ tokenId }) => tokenId),
    unschedule: [
      ...pending.map(({ connectionId }): Deadline => ({ kind: 'token', sessionId, life, connectionId })),
      ...active.map(
        ({ connectionId, socketGeneration }): Deadline => ({
          kind: 'grace',
          sessionId,
          life,
          connectionId,
          socketGeneration,
        }),
      ),
    ],
    detached: active.flatMap(({ connectionId, socket }) =>
      socket ? [{ nodeId: socket.masterId, connectionId }] : [],
    ),
    ended: active.map(({ connectionId }) => ({ connectionId, reason })),
  };
}

/** One connection ends; with the last one the session does, and with it all that was pending. */
function ending(state: SessionState, connection: ConnectionRecord, reason: ConnectionEndReason) {
  if (connection.status === 'pending') return change(nobody, removal(state, [connection], reason));
  const { connectionId } = connection;
  const last = state.active === 1;
  const gone = last ? [...state.connections.values()] : [connection];
  const event: NewEntry = {
    // Who leaves by its own wish has the answer to it; anybody else must be told of the own end.
    audience: reason === 'disconnect' ? { to: 'others', than: connectionId } : { to: 'all' },
    event: { type: 'connectionDestroyed', connectionId, reason },
  };
  return change(
    { connectionIds: [connectionId], sessionEnded: last },
    { ...removal(state, gone, reason), events: [event], ...(last ? { close: reason } : {}) },
  );
}

/** A connection leaves by its own wish. */
export function leave(caller: Caller): Rule<Ended> {
  return (state) => ending(state, callerOf(state, caller), 'disconnect');
}

/** A connection or an unused token is ended from outside. Answers `undefined` if there is none. */
export function endConnection(
  connectionId: ConnectionId,
  reason: ConnectionEndReason,
): Rule<Ended | undefined> {
  return (state) => {
    const connection = state.connections.get(connectionId);
    return connection ? ending(state, connection, reason) : unchanged(undefined);
  };
}

/** A moderator ends another's connection. */
export function forceDisconnect(caller: Caller, connectionId: ConnectionId): Rule<Ended> {
  return (state) => {
    mustBeAllowed(callerOf(state, caller), 'forceDisconnect');
    const connection = state.connections.get(connectionId);
    if (connection?.status !== 'active' || connectionId === caller.connectionId) {
      return refuse('CONNECTION_NOT_FOUND', `${connectionId} is not another connection of this session`, {
        field: 'connectionId',
      });
    }
    return ending(state, connection, 'forceDisconnectByUser');
  };
}

/** The whole session is closed. Everybody is told once. */
export function closeSession(reason: ConnectionEndReason): Rule<Ended> {
  return (state) => {
    const connections = activeConnections(state);
    return change(
      { connectionIds: connections.map(({ connectionId }) => connectionId), sessionEnded: true },
      {
        ...removal(state, [...state.connections.values()], reason),
        events: [{ audience: { to: 'all' }, event: { type: 'sessionClosed', reason } }],
        unschedule: [
          ...(removal(state, [...state.connections.values()], reason).unschedule ?? []),
          { kind: 'unused', sessionId: state.record.sessionId, life: state.record.life },
        ],
        close: reason,
      },
    );
  };
}

/** What a passed deadline ends. */
export function expire(deadline: Exclude<Deadline, MoveEnd>): Rule<Ended> {
  return (state) => {
    switch (deadline.kind) {
      case 'grace': {
        const connection = state.connections.get(deadline.connectionId);
        return detachedSince(connection, deadline.socketGeneration)
          ? withDeadline(ending(state, connection, 'networkDisconnect'), deadline)
          : change(nobody, { relies: { deadline } });
      }
      case 'token': {
        const connection = state.connections.get(deadline.connectionId);
        return connection?.status === 'pending'
          ? withDeadline(ending(state, connection, 'disconnect'), deadline)
          : change(nobody, { relies: { deadline } });
      }
      case 'unused':
        return state.active === 0
          ? withDeadline(closeSession('sessionClosedByServer')(state), deadline)
          : change(nobody, { relies: { deadline } });
    }
  };
}

function detachedSince(
  connection: ConnectionRecord | undefined,
  generation: number,
): connection is ActiveConnection {
  return connection?.status === 'active' && !connection.socket && connection.socketGeneration === generation;
}

/** Only one master works a deadline off: who finds it taken away decides again. */
function withDeadline<T>(decision: { change: SessionChange | undefined; result: T }, deadline: Deadline) {
  return { ...decision, change: { ...decision.change, relies: { ...decision.change?.relies, deadline } } };
}
