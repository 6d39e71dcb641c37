import type { MediaNodeRecord, NodeLoad } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { MediaConfig } from '../config.js';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import { type NodeIdentity, NodeStatus } from '../node-identity.js';
import { MEDIA_CONFIG, NODE_IDENTITY } from '../tokens.js';
import { WorkerPoolService } from '../workers/worker-pool.service.js';

/** Part of its capacity up to which a node is comfortable; the rest is for recovery. */
const comfortable = 0.8;

/** What this node tells the cluster about itself. */
@Injectable()
export class LoadReportService {
  constructor(
    @Inject(MEDIA_CONFIG) private readonly config: MediaConfig,
    @Inject(NODE_IDENTITY) private readonly identity: NodeIdentity,
    private readonly status: NodeStatus,
    private readonly pool: WorkerPoolService,
    private readonly legs: LegDirectoryService,
  ) {}

  record(): MediaNodeRecord {
    const { id, startedAt, version } = this.identity;
    const hardCapacity = this.pool.size * this.config.EVERCALL_MEDIA_MAX_CONSUMERS_PER_WORKER;
    return {
      schema: 1,
      role: 'media',
      id,
      name: this.config.NODE_NAME,
      url: this.config.ADVERTISED_URL,
      pid: process.pid,
      startedAt,
      version,
      state: this.status.state,
      ...(this.status.drain ? { drain: this.status.drain } : {}),
      workers: this.pool.size,
      softCapacity: Math.floor(hardCapacity * comfortable),
      hardCapacity,
    };
  }

  load(): NodeLoad {
    const legs = this.legs.all().map((media) => ({ worker: media.worker.index, ...media.counts() }));
    const alive = this.pool.alive();
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    return {
      cpu: sum(alive.map(({ cpu }) => cpu)) / this.pool.size,
      sessions: legs.length,
      consumers: sum(legs.map(({ consumers }) => consumers)),
      producers: sum(legs.map(({ producers }) => producers)),
      connections: sum(legs.map(({ transports }) => transports)),
      workers: Array.from({ length: this.pool.size }, (_, index) => ({
        consumers: sum(legs.filter(({ worker }) => worker === index).map(({ consumers }) => consumers)),
        alive: alive.some((worker) => worker.index === index),
      })),
    };
  }
}
