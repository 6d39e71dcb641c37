import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SurroundingsService } from '../node/surroundings.service.js';
import { springError } from './spring-error.js';
import { toRestError } from './to-rest-error.js';

/** The one place where errors become HTTP answers. */
@Catch()
export class RestErrorFilter implements ExceptionFilter {
  constructor(private readonly surroundings: SurroundingsService) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { logger, clock } = this.surroundings;
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const { method, originalUrl } = http.getRequest<Request>();
    const answer = toRestError(error);
    if (answer.status === 500) logger.error({ err: error, method, path: originalUrl }, 'request failed');
    response.status(answer.status).set(answer.details.headers ?? {});
    if (answer.message) response.json(springError(answer, { url: originalUrl, now: clock() }));
    else response.end();
  }
}
