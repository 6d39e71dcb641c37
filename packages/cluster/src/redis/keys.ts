import type { ConnectionId, SessionId, TokenId } from '@evercall/protocol';

/** Names a session's life in sets and deadlines: `<session>/<life>`. */
export function lifeMember(sessionId: SessionId, life: number): string {
  return `${sessionId}/${life}`;
}

const life = (sessionId: SessionId, number: number) => `evercall:session:${sessionId}:${number}`;

/** Every key of the shared state. */
export const keys = {
  /** Hash { life, open }: the counter of a session id's lives, kept after its end. */
  counter: (sessionId: SessionId) => `evercall:session:${sessionId}`,
  /** What {@link keys.life} starts with, up to the number. */
  lifePrefix: (sessionId: SessionId) => `evercall:session:${sessionId}:`,
  /** Hash { record, placement, active, epoch, sequence, ended }. */
  life,
  /** Hash connection id → record. */
  connections: (sessionId: SessionId, number: number) => `${life(sessionId, number)}:connections`,
  /** Hash stream id → record. */
  streams: (sessionId: SessionId, number: number) => `${life(sessionId, number)}:streams`,
  /** Hash stream id → record, one key for each receiving connection. */
  subscriptions: (sessionId: SessionId, number: number, connectionId: ConnectionId) =>
    `${life(sessionId, number)}:subscriptions:${connectionId}`,
  /** Stream of events; an entry's id is its position. */
  log: (sessionId: SessionId, number: number) => `${life(sessionId, number)}:log`,
  /** Why a connection ended; kept so that a late client is told. */
  ended: (sessionId: SessionId, number: number, connectionId: ConnectionId) =>
    `${life(sessionId, number)}:ended:${connectionId}`,
  /** Channel of a life's events. */
  channel: (sessionId: SessionId, number: number) => `evercall:events:${sessionId}:${number}`,
  /** Set of the ids of open sessions. */
  sessions: 'evercall:sessions',
  /** JSON { sessionId, life, connectionId }. */
  token: (tokenId: TokenId) => `evercall:token:${tokenId}`,
  /** Hash { hash, result }. */
  mutation: (id: string) => `evercall:mutation:${id}`,
  /** Sorted set of deadlines by Redis time. */
  deadlines: 'evercall:deadlines',
  /** Hash { epoch }. */
  cluster: 'evercall:cluster',
  /** Hash node id → record. */
  nodes: 'evercall:nodes',
  /** Sorted set node id → Redis time of the last heartbeat. */
  heartbeats: 'evercall:heartbeats',
  /** Hash node id → load. */
  loads: 'evercall:loads',
  /** Set of node ids that were declared lost. */
  lost: 'evercall:lost',
  /** Hash node id → why, when and by whom it was declared lost, with its record. */
  losses: 'evercall:losses',
  /** Channel on which a declared loss is told at once. */
  lossChannel: 'evercall:loss',
  /** Channel on which a node that registers is told at once. */
  arrivalChannel: 'evercall:arrival',
  /** Hash of the observers whose probes of a node fail → for how long by when. */
  silence: (nodeId: string) => `evercall:node:${nodeId}:silence`,
  /** Hash node id → order to leave the cluster. */
  orders: 'evercall:orders',
  /** Set of what hangs on a node: `<session>/<life>/<connection>` of a master, `<session>/<life>` of a media node. */
  nodeIndex: (nodeId: string) => `evercall:node:${nodeId}`,
  /** Sorted set of promises made to a media node, by the Redis time at which each ends. */
  reservations: (nodeId: string) => `evercall:node:${nodeId}:reservations`,
  /** Hash of the node groups: `<role>:<field>` → number, and the plan they come from. */
  groups: 'evercall:groups',
  /** Hash name of a place for a node → how it is, by the fleet. */
  slots: 'evercall:slots',
  /** Hash { holder, token }. */
  lease: (name: string) => `evercall:lease:${name}`,
  /** Counter of a lease's fencing tokens. */
  leaseTokens: (name: string) => `evercall:lease:${name}:tokens`,
} as const;
