import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import { toApiError } from './to-api-error.js';

/** Seconds after which a caller who was told to ask again should do so. */
const retryAfterSeconds = 1;

/** Answers every error as `{ error: { code, message, field? } }`. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #logger: PinoLogger;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toApiError(thrown);
    if (error.status >= 500) {
      this.#logger.error({ err: error.cause ?? error, code: error.code }, error.message);
    }
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error.status === 503) response.setHeader('Retry-After', `${retryAfterSeconds}`);
    response.status(error.status).json({
      error: {
        code: error.code,
        message: error.message,
        ...(error.field === undefined ? {} : { field: error.field }),
      },
    });
  }
}
