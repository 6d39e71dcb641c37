import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { BasicAuthGuard } from '../rest/basic-auth.guard.js';
import { MetricsService } from './metrics.service.js';

/** For Prometheus; behind the secret, since the load balancer's port leads here, too. */
@UseGuards(BasicAuthGuard)
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  async get(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.setHeader('Content-Type', this.metrics.contentType);
    return this.metrics.text();
  }
}
