import { ConnectionEndReason, type ErrorCode, type WireError } from '@evercall/protocol';

/** A master refused a request, or didn't answer it (`TIMEOUT`). */
export class SignalError extends Error {
  override readonly name = 'SignalError';
  readonly code: ErrorCode;
  /** Everything that the master said. */
  readonly answer: WireError;

  constructor(answer: WireError) {
    super(answer.field === undefined ? answer.message : `${answer.message} (${answer.field})`);
    this.code = answer.code;
    this.answer = answer;
  }

  static timeout(method: string, timeoutMs: number): SignalError {
    return new SignalError({ code: 'TIMEOUT', message: `No answer to ${method} within ${timeoutMs} ms` });
  }

  static unreadable(method: string): SignalError {
    return new SignalError({ code: 'INTERNAL', message: `The answer to ${method} has an unknown shape` });
  }
}

/** The socket closed, or couldn't be opened; what was asked may or may not have been carried out. */
export class WireClosedError extends Error {
  override readonly name = 'WireClosedError';
}

/** The request was given up before an answer: the connection ended or its media went elsewhere. */
export class RequestDroppedError extends Error {
  override readonly name = 'RequestDroppedError';
  readonly reason: 'ended' | 'mediaReplaced';

  constructor(reason: 'ended' | 'mediaReplaced') {
    super(reason === 'ended' ? 'The connection ended' : 'The media went to another transport');
    this.reason = reason;
  }
}

/** Why a connection is over that couldn't be resumed: what the master told, or that nobody could be reached. */
export function endReasonOf(error: unknown): ConnectionEndReason {
  if (!(error instanceof SignalError)) return 'networkDisconnect';
  const told = ConnectionEndReason.safeParse(error.answer.reason);
  return told.success ? told.data : 'networkDisconnect';
}
