import { heartbeatIntervalMs, type MasterRecord, NodeRegistry } from '@evercall/cluster';
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SocketsService } from '../client/sockets.service.js';
import { NodeStateService } from './node-state.js';
import { SurroundingsService } from './surroundings.service.js';
import { version } from './version.js';

/** Tells the cluster that this master lives. */
@Injectable()
export class RegistrationService
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  #timer: NodeJS.Timeout | undefined;
  #beating = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly sockets: SocketsService,
    private readonly state: NodeStateService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#timer = setInterval(() => void this.#beat(), heartbeatIntervalMs);
    await this.#beat();
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
    // Nobody may be sent here before the port is open.
    if (this.#beating || this.state.state === 'launching') return;
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
      if ((await this.registry.heartbeat(this.#record(), load)) === 'lost') {
        logger.fatal('this master was declared lost; its supervisor starts a fresh one');
        process.exit(1);
      }
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
      state: this.state.state,
    };
  }
}
