import { type Inventory, type Leg, legKey } from '@evercall/media-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { MediaConfig } from '../config.js';
import { MasterLinksService } from '../control/master-links.service.js';
import { LegTable } from '../domain/leg-table.js';
import { chooseWorker, expectedConsumersOf } from '../domain/worker-choice.js';
import { MediaError } from '../errors/media-error.js';
import { NodeStatus } from '../node-identity.js';
import { CLOCK, type Clock, LOGGER, MEDIA_CONFIG } from '../tokens.js';
import type { MediaWorker, WorkerDeathCause } from '../workers/media-worker.js';
import { WorkerPoolService } from '../workers/worker-pool.service.js';
import { LegMedia } from './leg-media.js';

/** Tombstones are kept at least this long, in milliseconds. */
const tombstoneKeepMs = 600_000;
const tombstonesAtMost = 100_000;

/** The legs of this node: opens, finds and ends them. */
@Injectable()
export class LegDirectoryService {
  readonly #table: LegTable<LegMedia>;
  readonly #capacity: number;

  constructor(
    @Inject(MEDIA_CONFIG) config: MediaConfig,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly pool: WorkerPoolService,
    private readonly links: MasterLinksService,
    private readonly status: NodeStatus,
  ) {
    this.#capacity = config.EVERCALL_MEDIA_MAX_CONSUMERS_PER_WORKER;
    this.#table = new LegTable({
      keepMs: Math.max(tombstoneKeepMs, 2 * config.EVERCALL_ORPHAN_GRACE_MS),
      most: tombstonesAtMost,
    });
    pool.onDied((worker, cause) => this.#lose(worker, cause));
  }

  isOpen(leg: Leg): boolean {
    return this.#table.find(leg) !== undefined;
  }

  /** @throws MediaError LEG_UNKNOWN, LEG_CLOSED or LEG_OUTDATED */
  get(leg: Leg): LegMedia {
    return this.#table.get(leg, this.clock());
  }

  all(): LegMedia[] {
    return this.#table.all();
  }

  /**
   * Opens a leg, or gives the one that is open. Openings and closings of one leg must not overlap.
   *
   * @param workerIndex - Worker to use; absent: the least loaded.
   * @throws MediaError LEG_CLOSED, LEG_OUTDATED, DRAINING, EXHAUSTED or WORKER_UNAVAILABLE
   */
  async open(leg: Leg, workerIndex?: number): Promise<LegMedia> {
    const open = this.#table.find(leg);
    if (open !== undefined) return open;
    this.#table.assertMayOpen(leg, this.clock());
    if (!this.status.takesSessions) throw new MediaError('DRAINING', 'this node takes no new sessions');
    const worker = workerIndex === undefined ? this.#choose() : this.pool.find(workerIndex);
    if (worker === undefined) {
      throw new MediaError('WORKER_UNAVAILABLE', `worker ${workerIndex ?? ''} isn't running`);
    }
    const router = await worker.createRouter();
    const media = new LegMedia({
      leg,
      worker,
      router,
      openedAt: this.clock(),
      onTransportFailed: (connectionId, direction) => {
        this.log.info({ ...leg, connectionId, direction }, 'transport failed');
        this.links.tell('transportFailed', { leg, connectionId, direction });
      },
    });
    try {
      // A newer generation may have been opened, or the worker have died, while the router was made.
      if (router.closed) throw new MediaError('WORKER_UNAVAILABLE', `worker ${worker.index} died`);
      this.#table.assertMayOpen(leg, this.clock());
    } catch (error) {
      media.close();
      throw error;
    }
    this.#table.add(leg, media);
    this.log.info({ ...leg, worker: worker.index }, 'leg opened');
    return media;
  }

  /** Ends a leg, known or not; it can't come back. */
  close(leg: Leg, cause: 'commanded' | 'orphaned' | 'stopping' = 'commanded'): void {
    const media = this.#table.end(leg, this.clock());
    media?.close();
    if (media !== undefined) this.log.info({ ...leg, cause }, 'leg closed');
  }

  closeAll(cause: 'orphaned' | 'stopping'): void {
    for (const { leg } of this.all()) this.close(leg, cause);
  }

  /** Everything that lives here, and what died here without a master having taken note. */
  inventory(): Pick<Inventory, 'legs' | 'lost'> {
    const now = this.clock();
    return { legs: this.all().map((media) => media.inventory(now)), lost: this.#table.lost(now) };
  }

  #choose(): MediaWorker | undefined {
    const now = this.clock();
    const legs = this.all();
    const loads = this.pool.alive().map((worker) => {
      const own = legs.filter((media) => media.worker === worker);
      const consumers = own.map((media) =>
        expectedConsumersOf({ ageMs: now - media.openedAt, consumers: media.counts().consumers }),
      );
      return {
        index: worker.index,
        cpu: worker.cpu,
        consumers: consumers.reduce((total, count) => total + count, 0),
        legs: own.length,
      };
    });
    const choice = chooseWorker(loads, this.#capacity);
    return choice === undefined ? undefined : this.pool.find(choice.index);
  }

  /**
   * What was on a dead worker can't come back under the same generation: its clients hold transports that are
   * gone, and must be told so by a new one.
   */
  #lose(worker: MediaWorker, cause: WorkerDeathCause): void {
    const lost = this.all().filter((media) => media.worker === worker);
    for (const { leg } of lost) {
      this.#table.end(leg, this.clock(), 'lost');
      this.log.info({ ...leg, worker: worker.index, cause }, 'leg lost');
    }
    if (lost.length > 0) {
      this.links.tell('legsLost', { legs: lost.map(({ leg }) => leg), cause: 'workerDied' });
    }
    this.log.info(
      { worker: worker.index, legs: lost.map(({ leg }) => legKey(leg)) },
      'worker’s legs are lost',
    );
  }
}
