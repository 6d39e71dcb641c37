/** What can stop the launcher that the person at the keyboard can do something about. */
export type LaunchErrorCode =
  | 'BUILD_FAILED'
  | 'COMMAND_FAILED'
  | 'NOT_INSTALLABLE'
  | 'PORT_BUSY'
  | 'PROCESS_EXITED'
  | 'SETTING_INVALID'
  | 'NOT_READY'
  | 'ALREADY_RUNNING'
  | 'WORKER_UNUSABLE';

/** An error whose message is one sentence that says what to do; it is printed without a stack. */
export class LaunchError extends Error {
  readonly code: LaunchErrorCode;

  constructor(code: LaunchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LaunchError';
    this.code = code;
  }
}
