import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Logger } from 'pino';
import type { FleetConfig } from '../config.js';
import type { FleetPlan } from '../plan.js';
import { childrenOf, type RecordedProcess, readRecords, signalGroup } from '../process/index.js';
import { FLEET_CONFIG, FLEET_PLAN, LOGGER } from '../tokens.js';

/** Faults on purpose, done to the nodes of this machine from outside. */
@Injectable()
export class PlaygroundService {
  readonly #names: ReadonlySet<string>;

  constructor(
    @Inject(FLEET_CONFIG) private readonly config: FleetConfig,
    @Inject(FLEET_PLAN) plan: FleetPlan,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#names = new Set(plan.groups.flatMap(({ slots }) => slots.map(({ name }) => name)));
  }

  /** Sends a signal to a node's whole process group. @throws NotFoundException if no such node runs */
  signal(name: string, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): { name: string; pid: number } {
    const { pid } = this.#find(name);
    this.log.warn({ name, pid, signal }, 'playground: signal to a node');
    if (!signalGroup(pid, signal)) throw new NotFoundException(`${name} doesn't run`);
    return { name, pid };
  }

  /**
   * Kills a worker of a media node.
   *
   * @param index place among its workers, the longest running first
   * @throws NotFoundException if there is no such worker
   */
  killWorker(name: string, index: number): { name: string; pid: number } {
    const workers = childrenOf(this.#find(name).pid).filter(({ command }) =>
      command.includes('mediasoup-worker'),
    );
    const worker = workers[index];
    if (!worker) throw new NotFoundException(`${name} has no worker ${index}`);
    this.log.warn({ name, pid: worker.pid }, 'playground: worker killed');
    process.kill(worker.pid, 'SIGKILL');
    return { name, pid: worker.pid };
  }

  #find(name: string): RecordedProcess {
    const records = this.#names.has(name) ? readRecords(this.config.FLEET_RUN_DIR) : [];
    const found = records.find((record) => record.name === name && record.alive);
    if (!found) throw new NotFoundException(`no node ${name} runs`);
    return found;
  }
}
