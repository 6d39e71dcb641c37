import { Controller, Get, Header, HttpException, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { Reconciler } from '../groups/reconciler.service.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { FleetStatus } from './fleet-status.js';
import { MetricsService } from './metrics.service.js';

/** What people, supervisors and Prometheus ask this process. */
@Controller()
export class OperationsController {
  constructor(
    private readonly reconciler: Reconciler,
    private readonly status: FleetStatus,
    private readonly metrics: MetricsService,
  ) {}

  /** This process answers. */
  @Get('health/live')
  live(): object {
    return { status: 'ok', role: 'fleet', fleet: this.reconciler.role };
  }

  /** 200: acts, or stands by to. 404: leaves. Asks nobody else. */
  @Get('health/ready')
  ready(): object {
    if (!this.status.isLeaving) return { status: 'ready', fleet: this.reconciler.role };
    throw new HttpException({ status: 'leaving' }, 404);
  }

  /** The places for nodes; empty while another fleet is active. */
  @Get('slots')
  @UseGuards(BasicAuthGuard)
  slots(): object {
    return { fleet: this.reconciler.role, slots: this.reconciler.slots };
  }

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  async scrape(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}
