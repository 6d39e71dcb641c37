import { randomUUID } from 'node:crypto';
import { createRedis, Lease, NodeGroups, NodeRegistry } from '@evercall/cluster';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { FleetConfig } from './config.js';
import { ClusterView } from './groups/cluster-view.service.js';
import { NodeLauncher } from './groups/node-launcher.service.js';
import { Reconciler } from './groups/reconciler.service.js';
import { BasicAuthGuard } from './operations/basic-auth.guard.js';
import { FleetStatus } from './operations/fleet-status.js';
import { MetricsService } from './operations/metrics.service.js';
import { OperationsController } from './operations/operations.controller.js';
import type { FleetPlan } from './plan.js';
import { PlaygroundController } from './playground/playground.controller.js';
import { PlaygroundService } from './playground/playground.service.js';
import { FLEET_CONFIG, FLEET_PLAN, LOGGER, REDIS } from './tokens.js';

/** Milliseconds after which another fleet takes over from one that is gone. */
const leaseMs = 3000;

/** What the outside gives to the application. */
export interface AppOptions {
  config: FleetConfig;
  plan: FleetPlan;
  log: Logger;
}

/** The fleet's parts. */
@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  static register({ config, plan, log }: AppOptions): DynamicModule {
    const playground = config.EVERCALL_PLAYGROUND === '1';
    const lease = (redis: Redis): Lease =>
      new Lease(redis, { name: 'fleet', holder: randomUUID(), ttlMs: leaseMs });
    return {
      module: AppModule,
      controllers: [OperationsController, ...(playground ? [PlaygroundController] : [])],
      providers: [
        { provide: FLEET_CONFIG, useValue: config },
        { provide: FLEET_PLAN, useValue: plan },
        { provide: LOGGER, useValue: log },
        { provide: REDIS, useFactory: () => createRedis(config.REDIS_URL, log) },
        { provide: NodeRegistry, useFactory: (redis: Redis) => new NodeRegistry(redis), inject: [REDIS] },
        { provide: NodeGroups, useFactory: (redis: Redis) => new NodeGroups(redis), inject: [REDIS] },
        { provide: Lease, useFactory: lease, inject: [REDIS] },
        ClusterView,
        NodeLauncher,
        Reconciler,
        FleetStatus,
        MetricsService,
        BasicAuthGuard,
        ...(playground ? [PlaygroundService] : []),
      ],
    };
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
