import { ClusterError } from '@evercall/cluster';
import type { ErrorCode } from '@evercall/protocol';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { RestError } from './rest-error.js';
import { springError } from './spring-error.js';

/** Seconds after which a backend may ask again. */
const retryAfter = { 'Retry-After': '1' };

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

/** The one place where errors become HTTP answers. */
@Catch()
export class RestErrorFilter implements ExceptionFilter {
  constructor(private readonly surroundings: SurroundingsService) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { logger, clock } = this.surroundings;
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const { method, originalUrl } = http.getRequest<Request>();
    const { status, message, headers } = toRestError(error);
    if (status === 500) logger.error({ err: error, method, path: originalUrl }, 'request failed');
    response.status(status).set(headers);
    if (message) response.json(springError(status, message, { url: originalUrl, now: clock() }));
    else response.end();
  }
}

function toRestError(error: unknown): RestError {
  if (error instanceof RestError) return error;
  if (error instanceof RequestError) return fromRequestError(error);
  if (error instanceof ClusterError) {
    if (error.code === 'MUTATION_MISMATCH') return new RestError(409, error.message);
    if (error.code === 'RECORD_UNREADABLE') return new RestError(500, 'the server failed');
    return new RestError(503, 'the shared state is away; ask again', retryAfter);
  }
  if (error instanceof HttpException) return new RestError(error.getStatus(), error.message);
  const parser = ParserError.safeParse(error);
  return parser.success
    ? new RestError(parser.data.status, parser.data.message)
    : new RestError(500, 'the server failed');
}

function fromRequestError({ code, message, retryable }: RequestError): RestError {
  if (retryable) return new RestError(503, message, retryAfter);
  const status = statuses[code] ?? 500;
  // What isn't there is answered without a body.
  return new RestError(status, status === 404 ? '' : message);
}
