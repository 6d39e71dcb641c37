export { stopLeftovers } from './leftovers.js';
export { ProcessError, type ProcessErrorCode } from './process-error.js';
export { ProcessProvider, type ProcessProviderOptions } from './process-provider.js';
export { type ProcessRecord, type RecordedProcess, readRecords } from './process-record.js';
export type { LaunchedProcess, ProcessExit, ProcessSpec, StopOptions } from './process-spec.js';
export { recordSelf } from './record-self.js';
