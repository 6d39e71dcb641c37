import type { Inventory } from '@evercall/media-protocol';
import { Controller, Get, Header, HttpException, Inject, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import type { MediaConfig } from '../config.js';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import { type NodeIdentity, NodeStatus } from '../node-identity.js';
import { MEDIA_CONFIG, NODE_IDENTITY } from '../tokens.js';
import { WorkerPoolService } from '../workers/worker-pool.service.js';
import { BasicAuthGuard } from './basic-auth.guard.js';
import { MetricsService } from './metrics.service.js';

/** What people, supervisors and Prometheus ask this process. */
@Controller()
export class OperationsController {
  constructor(
    @Inject(MEDIA_CONFIG) private readonly config: MediaConfig,
    @Inject(NODE_IDENTITY) private readonly identity: NodeIdentity,
    private readonly status: NodeStatus,
    private readonly pool: WorkerPoolService,
    private readonly legs: LegDirectoryService,
    private readonly metrics: MetricsService,
  ) {}

  /** This process answers. */
  @Get('health/live')
  live(): object {
    return { status: 'ok', ...this.#who() };
  }

  /** 200: takes new work. 404: on its way out. 503: starting, or without any worker. Asks nobody else. */
  @Get('health/ready')
  ready(): object {
    const { state } = this.status;
    if (state === 'running' && this.pool.alive().length > 0) return { status: 'ready', ...this.#who() };
    const leaving = state === 'terminating' || state === 'waiting-idle-to-terminate';
    throw new HttpException(
      { status: leaving ? 'draining' : 'unavailable', ...this.#who() },
      leaving ? 404 : 503,
    );
  }

  @Get('cluster/inventory')
  @UseGuards(BasicAuthGuard)
  inventory(): Inventory {
    return { mediaNodeId: this.identity.id, ...this.legs.inventory() };
  }

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  async scrape(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }

  #who(): object {
    return {
      id: this.identity.id,
      role: 'media',
      name: this.config.NODE_NAME,
      state: this.status.state,
    };
  }
}
