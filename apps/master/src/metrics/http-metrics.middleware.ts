import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { MetricsService } from './metrics.service.js';

/** What Express knows of the route that took a request. */
const Route = z.object({ path: z.string() });

/** Measures every request that gets as far as the routes, the refused ones included. */
@Injectable()
export class HttpMetricsMiddleware implements NestMiddleware {
  constructor(private readonly metrics: MetricsService) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const started = performance.now();
    response.once('close', () => {
      // The pattern, never the path: ids would make a series of each session.
      const route = Route.safeParse(request.route).data?.path ?? 'none';
      this.metrics.httpAnswered(
        { method: request.method, route, status: response.statusCode },
        (performance.now() - started) / 1000,
      );
    });
    next();
  }
}
