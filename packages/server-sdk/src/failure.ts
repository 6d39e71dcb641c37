import { z } from 'zod';
import { codeOfStatus, EvercallError } from './errors.js';

/** What one try came to: an answer to read, or an error that may pass or not. */
export type TryOutcome =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'failed'; error: EvercallError; passing: boolean; retryAfterMs?: number | undefined };

/** Refused, reset or lost connections; every other network error stays the same however often one asks. */
const passingNetworkErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const ErrorBody = z.object({ message: z.string().optional(), field: z.string().optional() });

/** Judges an answer whose body was read. */
export function judgeAnswer(
  answer: { status: number; text: string; retryAfter: string | null },
  now: number,
): TryOutcome {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return { kind: 'answered', status, text };
  const body = ErrorBody.safeParse(parseJson(text)).data;
  const message = body?.message ?? `the platform answered ${status}`;
  return {
    kind: 'failed',
    error: new EvercallError(codeOfStatus(status), message, { status, field: body?.field }),
    passing: status === 502 || status === 503 || status === 504,
    retryAfterMs: parseRetryAfter(answer.retryAfter, now),
  };
}

/** Judges what `fetch` threw. */
export function judgeThrown(thrown: unknown): TryOutcome {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') {
    // As with a 504 nobody knows whether it was carried out; the idempotency key makes asking again safe.
    const error = new EvercallError('timeout', 'the platform did not answer in time', { cause: thrown });
    return { kind: 'failed', error, passing: true };
  }
  const code = networkErrorCode(thrown);
  const passing = code !== undefined && passingNetworkErrors.has(code);
  const error = new EvercallError(
    passing ? 'unavailable' : 'unreachable',
    `no connection to the platform (${code ?? String(thrown)})`,
    { cause: thrown },
  );
  return { kind: 'failed', error, passing };
}

/** JSON as a value, `undefined` if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkErrorCode(thrown: unknown): string | undefined {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  return z.object({ code: z.string() }).safeParse(cause).data?.code;
}

/** `Retry-After` in seconds or as a date, to milliseconds from `now`. */
function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
