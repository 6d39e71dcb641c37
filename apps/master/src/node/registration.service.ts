import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeatIntervalMs, type MasterRecord, NodeRegistry } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SocketsService } from '../client/sockets.service.js';
import { NodeStateService } from './node-state.js';
import { SurroundingsService } from './surroundings.service.js';
import { version } from './version.js';

/** Milliseconds between two tries to register at the start. */
const registerRetryMs = 200;

/** Tells the cluster that this master lives. */
@Injectable()
export class RegistrationService implements OnModuleDestroy, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #beating = false;
  #registered = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly sockets: SocketsService,
    private readonly state: NodeStateService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Registers, then takes clients; to be called once the port is open. A master that took clients before others knew of it
   * could die unnoticed with them. While the shared state is away this waits: there is nothing to serve with.
   */
  async enter(): Promise<void> {
    this.#timer = setInterval(() => void this.#beat(), heartbeatIntervalMs);
    while (!this.#registered && this.state.state === 'launching') {
      await this.#beat();
      if (!this.#registered) await sleep(registerRetryMs);
    }
    if (this.state.state === 'launching') this.state.become('running');
  }

  /** First of all at a stop: the load balancer sends nobody here any more. */
  onModuleDestroy(): void {
    this.state.become('terminating');
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    try {
      await this.registry.deregister(this.surroundings.identity.id);
    } catch (error) {
      this.surroundings.logger.warn({ err: error }, 'left without deregistering');
    }
  }

  async #beat(): Promise<void> {
    if (this.#beating) return;
    this.#beating = true;
    const { logger } = this.surroundings;
    try {
      const load = {
        cpu: 0,
        sessions: 0,
        consumers: 0,
        producers: 0,
        connections: this.sockets.count,
        workers: [],
      };
      const answer = await this.registry.heartbeat(this.#record(), load);
      if (answer.status === 'lost') {
        logger.fatal('this master was declared lost; its supervisor starts a fresh one');
        process.exit(1);
      }
      this.#registered = true;
    } catch (error) {
      logger.debug({ err: error }, 'heartbeat not delivered');
    } finally {
      this.#beating = false;
    }
  }

  #record(): MasterRecord {
    const { identity, config } = this.surroundings;
    return {
      schema: 1,
      role: 'master',
      id: identity.id,
      name: identity.name,
      url: config.ADVERTISED_URL ?? `http://${config.HOST}:${config.PORT}`,
      pid: process.pid,
      startedAt: identity.startedAt,
      version,
      // Whoever registers serves in the next moment.
      state: this.state.state === 'launching' ? 'running' : this.state.state,
    };
  }
}
