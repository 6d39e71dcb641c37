import type { ConnectionEndReason, ConnectionId, Position, StreamId } from '@evercall/protocol';
import type {
  ActiveConnection,
  ConnectionRecord,
  Placement,
  SessionRecord,
  StreamRecord,
} from './records.js';

/** Stored text of what was read: a commit compares with exactly this. */
export interface StoredText {
  record: string;
  connections: ReadonlyMap<ConnectionId, string>;
  streams: ReadonlyMap<StreamId, string>;
  /** `undefined`: not placed. */
  placement: string | undefined;
}

/** One session as of one instant. */
export interface SessionState {
  record: SessionRecord;
  /** `undefined` before the first join, and while no media node has room. */
  placement: Placement | undefined;
  /** Place in the log that this state stands for. */
  head: Position;
  /** How many connections are active; what "the last one" is decided by. */
  active: number;
  /** In the order of their creation. */
  connections: ReadonlyMap<ConnectionId, ConnectionRecord>;
  streams: ReadonlyMap<StreamId, StreamRecord>;
  /** Set if the session is over: why. Then nothing of it can change. */
  ended: ConnectionEndReason | undefined;
  /** It ended with a node that is lost, and nobody has put that down yet: its records are still there. */
  crashed?: boolean;
  stored: StoredText;
}

export function activeConnection(state: SessionState, id: ConnectionId): ActiveConnection | undefined {
  const connection = state.connections.get(id);
  return connection?.status === 'active' ? connection : undefined;
}

export function activeConnections(state: SessionState): ActiveConnection[] {
  return [...state.connections.values()].filter((connection) => connection.status === 'active');
}

/** Streams of one connection, also those that are only intended. */
export function streamsOf(state: SessionState, id: ConnectionId): StreamRecord[] {
  return [...state.streams.values()].filter((stream) => stream.info.connectionId === id);
}

/** Streams that everybody knows of. */
export function liveStreams(state: SessionState): StreamRecord[] {
  return [...state.streams.values()].filter((stream) => stream.live);
}
