import { type ErrorCode, isRetryable, type WireError } from '@evercall/protocol';

interface Details {
  /** Dotted path of the wrong parameter. */
  field?: string;
  /** Why a connection ended. */
  reason?: string;
  capabilities?: NonNullable<WireError['capabilities']>;
  /** Milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** Why a request is not carried out. Mapped once at each border: client socket, REST. */
export class RequestError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.name = 'RequestError';
    this.code = code;
    this.details = details;
  }

  get retryable(): boolean {
    return isRetryable(this.code);
  }
}
