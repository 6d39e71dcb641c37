import type { MediaMessages } from '@evercall/media-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { MediaConfig } from '../config.js';
import { RestartBackoff } from '../domain/restart-backoff.js';
import { capabilitiesHash } from '../mediasoup/capabilities-hash.js';
import { assertWorkerBinary } from '../mediasoup/create-worker.js';
import { toJson } from '../mediasoup/read-parameters.js';
import { LOGGER, MEDIA_CONFIG } from '../tokens.js';
import { MediaWorker, type WorkerDeathCause } from './media-worker.js';

/** Called when a worker died. Everything on it is gone. */
export type WorkerDiedListener = (worker: MediaWorker, cause: WorkerDeathCause) => void;

/** What a link is greeted with. */
type RouterCapabilities = MediaMessages['hello'];

interface Slot {
  index: number;
  backoff: RestartBackoff;
  worker?: MediaWorker;
  restart?: NodeJS.Timeout;
}

/** The mediasoup workers of this node. One that dies is replaced; the node outlives all of them. */
@Injectable()
export class WorkerPoolService {
  readonly #config: MediaConfig;
  readonly #log: Logger;
  readonly #slots: Slot[];
  readonly #listeners = new Set<WorkerDiedListener>();
  #closing = false;
  #capabilities: RouterCapabilities | undefined;

  constructor(@Inject(MEDIA_CONFIG) config: MediaConfig, @Inject(LOGGER) log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#slots = Array.from({ length: config.MEDIA_WORKERS }, (_, index) => ({
      index,
      backoff: new RestartBackoff(),
    }));
  }

  /** How many workers there should be. */
  get size(): number {
    return this.#slots.length;
  }

  /**
   * Starts every worker.
   *
   * @throws ConfigError when there is no worker to start, Error when one can't be started; none is left then
   */
  async start(): Promise<void> {
    await assertWorkerBinary();
    const started = await Promise.allSettled(this.#slots.map((slot) => this.#start(slot)));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      await this.close();
      throw failed.reason;
    }
    this.#capabilities = await this.#learnCapabilities();
  }

  /** What the routers of this node can forward; known once it has started. */
  get capabilities(): RouterCapabilities | undefined {
    return this.#capabilities;
  }

  /** The workers that live. */
  alive(): MediaWorker[] {
    return this.#slots.flatMap(({ worker }) => (worker?.alive === true ? [worker] : []));
  }

  /** The living worker of an index. */
  find(index: number): MediaWorker | undefined {
    return this.alive().find((worker) => worker.index === index);
  }

  onDied(listener: WorkerDiedListener): void {
    this.#listeners.add(listener);
  }

  /** Ends every worker, and replaces none any more. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { restart } of this.#slots) clearTimeout(restart);
    await Promise.all(this.#slots.flatMap(({ worker }) => worker?.close() ?? []));
  }

  /** Asks a router that is made for the question. */
  async #learnCapabilities(): Promise<RouterCapabilities | undefined> {
    const router = await this.alive()[0]?.createRouter();
    if (!router) return undefined;
    const rtpCapabilities = toJson(router.rtpCapabilities);
    router.close();
    return { capabilitiesHash: capabilitiesHash(rtpCapabilities), rtpCapabilities };
  }

  async #start(slot: Slot): Promise<void> {
    const { index } = slot;
    const worker = await MediaWorker.start({
      index,
      port: this.#config.MEDIA_PORT_BASE + index,
      listenAddress: this.#config.MEDIA_LISTEN_ADDRESS,
      announcedAddress: this.#config.MEDIA_ANNOUNCED_ADDRESS,
      log: this.#log,
      onDied: (dead, cause) => this.#died(slot, dead, cause),
    });
    slot.worker = worker;
    this.#log.info({ worker: index, workerPid: worker.pid }, 'worker started');
    // The pool may have been closed while the process was starting.
    if (this.#closing) await worker.close();
  }

  #died(slot: Slot, worker: MediaWorker, cause: WorkerDeathCause): void {
    if (this.#closing) return;
    this.#log.error({ worker: slot.index, workerPid: worker.pid, cause }, 'worker died');
    delete slot.worker;
    for (const listener of this.#listeners) listener(worker, cause);
    this.#replace(slot, performance.now() - worker.startedAt);
  }

  #replace(slot: Slot, livedMs: number): void {
    if (this.#closing) return;
    const delay = slot.backoff.delayAfter(livedMs, Math.random());
    slot.restart = setTimeout(() => {
      this.#start(slot).catch((error: unknown) => {
        this.#log.error({ worker: slot.index, err: error }, 'worker could not be replaced yet');
        this.#replace(slot, 0);
      });
    }, delay);
  }
}
