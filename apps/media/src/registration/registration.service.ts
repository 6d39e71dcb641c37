import { type Heartbeat, heartbeatIntervalMs, NodeRegistry } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, ON_LOST } from '../tokens.js';
import { LoadReportService } from './load-report.service.js';

type Alive = Extract<Heartbeat, { status: 'alive' }>;

/**
 * Tells the cluster every 500 ms that this node lives and what it carries. While the shared state is away,
 * everything else goes on; the first heartbeat that gets through registers the node again.
 */
@Injectable()
export class RegistrationService {
  readonly #listeners = new Set<(heartbeat: Alive) => void>();
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #again = false;
  #contact: 'none' | 'registered' | 'away' = 'none';

  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(ON_LOST) private readonly onLost: () => void,
    private readonly registry: NodeRegistry,
    private readonly report: LoadReportService,
  ) {}

  start(): void {
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), heartbeatIntervalMs);
  }

  /** Called with the answer to each heartbeat. */
  onHeartbeat(listener: (heartbeat: Alive) => void): void {
    this.#listeners.add(listener);
  }

  /** Takes this node off the cluster's list. Doesn't fail: if it can't be said, the cluster will notice. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#again = false;
    if (this.#contact === 'away') return;
    // A heartbeat that is under way would put the node on the list again.
    await this.#beating;
    if (this.#contact !== 'registered') return;
    const { id } = this.report.record();
    try {
      await this.registry.deregister(id);
      this.log.info('deregistered');
    } catch (error) {
      this.log.warn({ err: error }, 'could not deregister');
    }
  }

  /** Something changed: tells the cluster out of turn. */
  tell(): void {
    if (this.#beating) this.#again = true;
    else this.#beat();
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
    try {
      const answer = await this.registry.heartbeat(this.report.record(), this.report.load());
      if (answer.status === 'lost') {
        clearInterval(this.#timer);
        this.onLost();
        return;
      }
      if (this.#contact !== 'registered') this.log.info('registered');
      this.#contact = 'registered';
      for (const listener of this.#listeners) listener(answer);
    } catch (error) {
      if (this.#contact !== 'away') this.log.warn({ err: error }, 'the shared state is away');
      this.#contact = 'away';
    }
  }
}
