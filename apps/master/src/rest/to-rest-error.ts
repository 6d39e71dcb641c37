import { ClusterError } from '@evercall/cluster';
import type { ErrorCode } from '@evercall/protocol';
import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { RequestError } from '../request-error.js';
import { RestError } from './rest-error.js';

/** Seconds after which a backend may ask again. */
const retryAfter = { headers: { 'Retry-After': '1' } };

const statuses: Partial<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  TOO_LARGE: 413,
  SESSION_NOT_FOUND: 404,
  CONNECTION_ENDED: 404,
  CONNECTION_NOT_FOUND: 404,
  STREAM_NOT_FOUND: 404,
  MUTATION_MISMATCH: 409,
};

/** An error that Express's body parser throws. */
const ParserError = z.object({ status: z.number().int().min(400).max(499), message: z.string() });

/** What is answered to a request that failed with `error`; 500 for what nobody foresaw. */
export function toRestError(error: unknown): RestError {
  if (error instanceof RestError) return error;
  if (error instanceof RequestError) return fromRequestError(error);
  if (error instanceof ClusterError) return fromClusterError(error);
  if (error instanceof HttpException) return new RestError(error.getStatus(), error.message);
  const parser = ParserError.safeParse(error);
  return parser.success ? new RestError(parser.data.status, parser.data.message) : unforeseen();
}

function fromRequestError({ code, message, retryable, details: { field } }: RequestError): RestError {
  if (retryable) return new RestError(503, message, { ...retryAfter, code });
  const status = statuses[code];
  if (!status) return unforeseen();
  // What isn't there is answered without a body.
  if (status === 404) return new RestError(404);
  return new RestError(status, message, { ...(field ? { field } : {}), code });
}

function fromClusterError({ code, message }: ClusterError): RestError {
  switch (code) {
    case 'MUTATION_MISMATCH':
      return new RestError(409, message, { field: 'Idempotency-Key', code });
    case 'RECORD_UNREADABLE':
      return unforeseen();
    case 'STATE_UNAVAILABLE':
    case 'CONFLICT':
    case 'NODE_LOST':
      return new RestError(503, message, { ...retryAfter, code });
  }
}

/** The log says more; the answer must not. */
function unforeseen(): RestError {
  return new RestError(500, 'the server failed');
}
