export type { Connection, ConnectionChange, ConnectionRequest, PublishedStream } from './connection.js';
export { EvercallError, type EvercallErrorCode, type EvercallErrorDetails } from './errors.js';
export { Evercall, type EvercallOptions } from './evercall.js';
export {
  type ExponentialRetryOptions,
  exponentialRetry,
  type FailedTry,
  type RetryPolicy,
} from './retry-policy.js';
export type { Session, SessionRequest } from './session.js';
export type { SignalRequest } from './signal.js';
