export { type DrainSight, OwnDrain } from './drain/domain/own-drain.js';
export { ClusterError, type ClusterErrorCode } from './errors.js';
export { Awake } from './failure/awake.js';
export { defaultThresholds, type Evidence, judge, type LossCause } from './failure/domain/judgement.js';
export { Trust } from './failure/domain/trust.js';
export { Lease, type LeaseOptions } from './fleet/lease.js';
export * from './fleet/node-groups.js';
export { DrainOrder, DrainOrders } from './nodes/drain-orders.js';
export * from './nodes/node-record.js';
export {
  type Candidate,
  type Heartbeat,
  heartbeatIntervalMs,
  type Loss,
  NodeRegistry,
  type PlacementClaim,
} from './nodes/node-registry.js';
export type { LifeCopy, LifeMemory } from './reassert/life-copy.js';
export { LifeReader } from './reassert/life-reader.js';
export { Reasserter } from './reassert/reasserter.js';
export { createRedis, createSubscriber } from './redis/create-redis.js';
export { RedisUrl } from './redis/redis-settings.js';
export { type Greeting, StateGate } from './redis/state-gate.js';
export { StateRedis } from './redis/state-redis.js';
export type { Retention } from './store/commit-program.js';
export { Deadline, type MoveEnd } from './store/deadline.js';
export { type ChannelListener, EventChannels } from './store/event-channels.js';
export { EventLog, type LifeRef, type LogRead } from './store/event-log.js';
export {
  Audience,
  isForClients,
  isInAudience,
  type LogEntry,
  type NewEntry,
  PlacementChanged,
} from './store/log-entry.js';
export * from './store/records.js';
export type { Mutation, SessionChange } from './store/session-change.js';
export * from './store/session-state.js';
export { type CommitOutcome, SessionStore } from './store/session-store.js';
