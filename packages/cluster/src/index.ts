export { ClusterError, type ClusterErrorCode } from './errors.js';
export * from './nodes/node-record.js';
export {
  type Candidate,
  heartbeatIntervalMs,
  NodeRegistry,
  type PlacementClaim,
} from './nodes/node-registry.js';
export { createRedis } from './redis/create-redis.js';
export { RedisUrl } from './redis/redis-settings.js';
export type { Retention } from './store/commit-program.js';
export { Deadline } from './store/deadline.js';
export { type ChannelListener, EventChannels } from './store/event-channels.js';
export { EventLog, type LifeRef, type LogRead } from './store/event-log.js';
export { Audience, isInAudience, type LogEntry, type NewEntry } from './store/log-entry.js';
export * from './store/records.js';
export type { Mutation, SessionChange } from './store/session-change.js';
export * from './store/session-state.js';
export { type CommitOutcome, SessionStore } from './store/session-store.js';
