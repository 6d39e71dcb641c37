/** Codes of the backend's errors that this application tells apart; see the backend's `api-error.ts`. */
const known = [
  'ROOM_CLOSED',
  'ROOM_NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'PLATFORM_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
] as const;

/** `OFFLINE`: no answer at all. `OTHER`: an answer that this application doesn't tell apart. */
export type BackendErrorCode = (typeof known)[number] | 'OFFLINE' | 'OTHER';

/** What the backend answered instead of a result, or that it didn't answer. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: BackendErrorCode;
  /** HTTP status; 0 without an answer. */
  readonly status: number;

  constructor(code: BackendErrorCode, message: string, details: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
  }
}

/** Makes the error of an answer `{ error: { code, message } }`, or of whatever a proxy says in its place. */
export function backendErrorOf(status: number, body: unknown): BackendError {
  const error = field(body, 'error');
  const message = field(error, 'message');
  const code = known.find((candidate) => candidate === field(error, 'code'));
  return new BackendError(
    code ?? (status === 502 || status === 503 || status === 504 ? 'PLATFORM_UNAVAILABLE' : 'OTHER'),
    typeof message === 'string' ? message : `the backend answered ${status}`,
    { status },
  );
}

/** A property of something that came over the wire. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
