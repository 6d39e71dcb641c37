/** What the API answers instead of a result, with its HTTP status. */
export const apiErrorStatus = {
  /** `field` names what is wrong. */
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  ROOM_NOT_FOUND: 404,
  NODE_NOT_FOUND: 404,
  ROOM_EXISTS: 409,
  ROOM_CLOSED: 409,
  /** The node was declared dead already; its replacement has another id. */
  NODE_LOST: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  /** The platform refused what this application asked, such as its secret. */
  PLATFORM_REFUSED: 500,
  /** Ask again: no master answered within the retry budget. */
  PLATFORM_UNAVAILABLE: 503,
  /** Ask again: the fleet didn't answer. */
  FLEET_UNAVAILABLE: 503,
  /** Ask again: the database didn't answer. */
  DATABASE_UNAVAILABLE: 503,
} as const;

export type ApiErrorCode = keyof typeof apiErrorStatus;

/** An error that the caller is told. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** Dotted path of the wrong parameter. */
  readonly field: string | undefined;

  constructor(code: ApiErrorCode, message: string, details: { field?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.field = details.field;
  }

  get status(): number {
    return apiErrorStatus[this.code];
  }
}
