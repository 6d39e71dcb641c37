import { Awake, createRedis, NodeRegistry } from '@evercall/cluster';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { BatchRunnerService } from './commands/batch-runner.service.js';
import type { MediaConfig } from './config.js';
import { ControlGateway } from './control/control.gateway.js';
import { MasterLinksService } from './control/master-links.service.js';
import { OrphanWatchService } from './control/orphan-watch.service.js';
import { DrainService } from './draining/drain.service.js';
import { PeersService } from './draining/peers.service.js';
import { LegDirectoryService } from './legs/leg-directory.service.js';
import { type NodeIdentity, NodeStatus } from './node-identity.js';
import { BasicAuthGuard } from './operations/basic-auth.guard.js';
import { MetricsService } from './operations/metrics.service.js';
import { OperationsController } from './operations/operations.controller.js';
import { LoadReportService } from './registration/load-report.service.js';
import { RegistrationService } from './registration/registration.service.js';
import { CLOCK, type Clock, LOGGER, MEDIA_CONFIG, NODE_IDENTITY, ON_LOST, REDIS } from './tokens.js';
import { WorkerPoolService } from './workers/worker-pool.service.js';

/** What the outside gives to the application. */
export interface AppOptions {
  config: MediaConfig;
  identity: NodeIdentity;
  log: Logger;
  onLost: () => void;
}

/** The media node's parts. */
@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly awake: Awake,
  ) {}

  static register({ config, identity, log, onLost }: AppOptions): DynamicModule {
    const clock: Clock = () => performance.now();
    return {
      module: AppModule,
      controllers: [OperationsController],
      providers: [
        { provide: MEDIA_CONFIG, useValue: config },
        { provide: NODE_IDENTITY, useValue: identity },
        { provide: LOGGER, useValue: log },
        { provide: ON_LOST, useValue: onLost },
        { provide: CLOCK, useValue: clock },
        { provide: REDIS, useFactory: () => createRedis(config.REDIS_URL, log) },
        { provide: NodeRegistry, useFactory: (redis: Redis) => new NodeRegistry(redis), inject: [REDIS] },
        {
          provide: Awake,
          useFactory: (registry: NodeRegistry) => new Awake(registry, { nodeId: identity.id, onLost }),
          inject: [NodeRegistry],
        },
        NodeStatus,
        WorkerPoolService,
        MasterLinksService,
        LegDirectoryService,
        LoadReportService,
        MetricsService,
        BatchRunnerService,
        ControlGateway,
        OrphanWatchService,
        RegistrationService,
        PeersService,
        DrainService,
        BasicAuthGuard,
      ],
    };
  }

  onApplicationShutdown(): void {
    this.awake.stop();
    this.redis.disconnect();
  }
}
