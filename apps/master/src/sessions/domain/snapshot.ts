import { type ActiveConnection, activeConnections, type SessionState } from '@evercall/cluster';
import { type ConnectionId, joinData, type RemoteConnection, type Snapshot } from '@evercall/protocol';

function remote(state: SessionState, connection: ActiveConnection): RemoteConnection {
  const { connectionId, activeAt, clientData, properties } = connection;
  return {
    connectionId,
    createdAt: activeAt,
    data: joinData(clientData, properties.serverData),
    streams: [...state.streams.values()]
      .filter(({ live, info }) => live && info.connectionId === connectionId)
      .map(({ info }) => info),
  };
}

/** The session as one of its connections sees it. */
export function snapshotFor(
  state: SessionState,
  connection: ActiveConnection,
  { videoSimulcast }: { videoSimulcast: boolean },
): Snapshot {
  const { sessionId, life, createdAt, properties } = state.record;
  return {
    sessionId,
    life,
    createdAt,
    recovery: properties.recovery,
    forcedVideoCodec: properties.forcedVideoCodec,
    videoSimulcast,
    connection: {
      ...remote(state, connection),
      role: connection.role,
      record: connection.record,
      iceServers: connection.properties.customIceServers,
    },
    connections: others(state, connection.connectionId).map((other) => remote(state, other)),
    position: state.head,
  };
}

function others(state: SessionState, connectionId: ConnectionId): ActiveConnection[] {
  return activeConnections(state).filter((connection) => connection.connectionId !== connectionId);
}
