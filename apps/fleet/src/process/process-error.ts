/** What can go wrong with a process: it couldn't be started, or its name is in use. */
export type ProcessErrorCode = 'NOT_STARTED' | 'NAME_TAKEN';

export class ProcessError extends Error {
  readonly code: ProcessErrorCode;

  constructor(code: ProcessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProcessError';
    this.code = code;
  }
}
