/** Every way in which a call can fail; see {@link EvercallError}. */
export type EvercallErrorCode =
  /** A parameter is wrong (400). */
  | 'badRequest'
  /** The secret is wrong (401). */
  | 'unauthorized'
  /** The platform doesn't offer this operation (403, 405). */
  | 'forbidden'
  /** No such session or connection (404). */
  | 'notFound'
  /** The session exists already, or ends and begins too often to be got hold of (409). */
  | 'conflict'
  /** Too many requests (429). */
  | 'rateLimited'
  /** The platform wasn't there: 502, 503, 504 or no connection, until the retry policy gave up. */
  | 'unavailable'
  /** The last try wasn't answered in time. A changing request may or may not have been carried out. */
  | 'timeout'
  /** No connection for a reason that waiting doesn't cure: unknown host, refused certificate. */
  | 'unreachable'
  /** The answer isn't what the contract says. */
  | 'invalidAnswer'
  /** Any other status. */
  | 'failed';

/** What {@link EvercallError} can tell beside its code and message. */
export interface EvercallErrorDetails {
  /** HTTP status, if there was an answer. */
  status?: number | undefined;
  /** Dotted path of the wrong parameter, if the platform named it. */
  field?: string | undefined;
  cause?: unknown;
}

/** The one error that this client throws. */
export class EvercallError extends Error {
  override readonly name = 'EvercallError';
  readonly code: EvercallErrorCode;
  readonly status: number | undefined;
  readonly field: string | undefined;

  constructor(code: EvercallErrorCode, message: string, details: EvercallErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.field = details.field;
  }
}

const codes: Readonly<Record<number, EvercallErrorCode>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  405: 'forbidden',
  409: 'conflict',
  429: 'rateLimited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** The code that stands for an HTTP status which isn't a success. */
export function codeOfStatus(status: number): EvercallErrorCode {
  return codes[status] ?? 'failed';
}
