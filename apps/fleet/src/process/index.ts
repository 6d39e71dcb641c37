export { crashDelayMs } from '../domain/backoff.js';
export { type LeftoversOptions, stopLeftovers } from './leftovers.js';
export { ProcessError, type ProcessErrorCode } from './process-error.js';
export { childrenOf, signalGroup } from './process-identity.js';
export { ProcessProvider, type ProcessProviderOptions } from './process-provider.js';
export { type ProcessRecord, type RecordedProcess, readRecords } from './process-record.js';
export type { LaunchedProcess, ProcessExit, ProcessSpec, StopOptions, StopSignal } from './process-spec.js';
export { recordSelf } from './record-self.js';
