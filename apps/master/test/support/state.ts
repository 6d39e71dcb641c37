import type { ActiveConnection, PendingConnection, SessionState, StreamRecord } from '@evercall/cluster';
import { ConnectionId, MasterId, type Role, SessionId, StreamId, TokenId } from '@evercall/protocol';
import { sessionProperties } from './properties.js';

export const masterA = MasterId.parse('master_Aaaaaaaa');
export const masterB = MasterId.parse('master_Bbbbbbbb');
export const ann = ConnectionId.parse('con_Ann0000000');
export const bob = ConnectionId.parse('con_Bob0000000');
export const annsStream = StreamId.parse(`str_CAM_Aaaa_${ann}`);

const base = {
  schema: 1 as const,
  createdAt: 1,
  tokenId: TokenId.parse('tok_A000000000000000'),
  properties: { serverData: 'srv', kurentoOptions: null, customIceServers: [] },
  role: 'PUBLISHER' as const,
  record: true,
};

export function pending(connectionId: ConnectionId): PendingConnection {
  return { ...base, status: 'pending', connectionId };
}

export function active(connectionId: ConnectionId, change: Partial<ActiveConnection> = {}): ActiveConnection {
  return {
    ...base,
    status: 'active',
    connectionId,
    activeAt: 2,
    clientData: 'cli',
    platform: '',
    ip: '',
    leg: 0,
    socket: { masterId: masterA, generation: 1 },
    socketGeneration: 1,
    ...change,
  };
}

export function moderator(connectionId: ConnectionId): ActiveConnection {
  return active(connectionId, { role: 'MODERATOR' satisfies Role });
}

export function stream(streamId: StreamId, change: Partial<StreamRecord> = {}): StreamRecord {
  const connectionId = ConnectionId.parse(streamId.slice(-14));
  return {
    schema: 1,
    live: true,
    generation: 1,
    info: {
      streamId,
      connectionId,
      createdAt: 3,
      hasAudio: true,
      audioActive: true,
      hasVideo: true,
      videoActive: true,
    },
    ...change,
  };
}

/** A session with these connections and streams. */
export function stateOf(
  connections: (ActiveConnection | PendingConnection)[],
  streams: StreamRecord[] = [],
): SessionState {
  return {
    record: {
      schema: 1,
      sessionId: SessionId.parse('S'),
      life: 1,
      createdAt: 0,
      hostId: masterA,
      properties: sessionProperties('S'),
    },
    placement: undefined,
    head: { epoch: 1, sequence: 7 },
    active: connections.filter(({ status }) => status === 'active').length,
    connections: new Map(connections.map((connection) => [connection.connectionId, connection])),
    streams: new Map(streams.map((record) => [record.info.streamId, record])),
    ended: undefined,
    stored: { record: '', connections: new Map(), streams: new Map(), placement: undefined },
  };
}
