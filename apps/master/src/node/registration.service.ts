import { setTimeout as sleep } from 'node:timers/promises';
import { type Heartbeat, heartbeatIntervalMs, type MasterRecord, NodeRegistry } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SocketsService } from '../client/sockets.service.js';
import { NodeStateService } from './node-state.js';
import { SurroundingsService } from './surroundings.service.js';
import { version } from './version.js';

/** Milliseconds between two tries to register at the start. */
const registerRetryMs = 200;

type Alive = Extract<Heartbeat, { status: 'alive' }>;

/** Tells the cluster that this master lives. */
@Injectable()
export class RegistrationService implements OnModuleDestroy, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<(heartbeat: Alive) => void>();
  #beating: Promise<void> | undefined;
  #again = false;
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
    this.#timer = setInterval(() => this.#beat(), heartbeatIntervalMs);
    while (!this.#registered && this.state.state === 'launching') {
      this.#beat();
      await this.#beating;
      if (!this.#registered) await sleep(registerRetryMs);
    }
    if (this.state.state !== 'launching') return;
    this.state.become('running');
    this.surroundings.logger.info({ url: this.#record().url }, 'master running');
  }

  /** Called with the answer to each heartbeat. */
  onHeartbeat(listener: (heartbeat: Alive) => void): void {
    this.#listeners.add(listener);
  }

  /** Something changed: tells the cluster out of turn. */
  tell(): void {
    if (this.#beating) this.#again = true;
    else this.#beat();
  }

  /** First of all at a stop: the load balancer sends nobody here any more. */
  onModuleDestroy(): void {
    this.state.become('terminating', this.state.drain);
  }

  /** What sockets leave behind is told before this master is off the list: then its word counts no more. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sockets.endAll();
    clearInterval(this.#timer);
    this.#again = false;
    // A heartbeat that is under way would put it on the list again.
    await this.#beating;
    try {
      await this.registry.deregister(this.surroundings.identity.id);
    } catch (error) {
      this.surroundings.logger.warn({ err: error }, 'left without deregistering');
    }
  }

  /** A heartbeat that isn't answered yet is enough: they don't pile up. */
  #beat(): void {
    this.#beating ??= this.#heartbeat().finally(() => {
      this.#beating = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#beat();
    });
  }

  async #heartbeat(): Promise<void> {
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
      for (const listener of this.#listeners) listener(answer);
    } catch (error) {
      logger.debug({ err: error }, 'heartbeat not delivered');
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
      ...(this.state.drain ? { drain: this.state.drain } : {}),
    };
  }
}
