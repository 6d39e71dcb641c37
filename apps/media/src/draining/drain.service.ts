import { type Heartbeat, OwnDrain } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { MediaConfig } from '../config.js';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import { NodeStatus } from '../node-identity.js';
import { RegistrationService } from '../registration/registration.service.js';
import { LOGGER, MEDIA_CONFIG } from '../tokens.js';
import { PeersService } from './peers.service.js';

/** Milliseconds between two looks while this node leaves. */
const intervalMs = 100;

/**
 * How this node leaves the cluster: ordered through the shared state, or by a signal to its process. Masters see its state
 * and take its sessions elsewhere; it says when it may go.
 */
@Injectable()
export class DrainService {
  readonly #drain = new OwnDrain();
  readonly #left = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #others: number | undefined;
  #looking = false;
  #isOver = false;

  constructor(
    @Inject(MEDIA_CONFIG) private readonly config: MediaConfig,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly status: NodeStatus,
    private readonly legs: LegDirectoryService,
    private readonly registration: RegistrationService,
    private readonly peers: PeersService,
  ) {}

  /** Resolves when this node is to end: it has handed over what it could. */
  get left(): Promise<void> {
    return this.#left.promise;
  }

  /** Follows orders from now on. */
  start(): void {
    this.registration.onHeartbeat((heartbeat) => this.#heard(heartbeat));
  }

  /** The process was asked to end. Asked again, the node leaves with whatever it has. */
  askToLeave(): void {
    this.#drain.signalled(Date.now(), this.config.EVERCALL_DRAIN_MS);
    this.#follow();
  }

  leaveAtOnce(): void {
    this.#drain.leaveAtOnce();
    this.#follow();
  }

  /** Looks no more: the node ends, for whatever reason. */
  stop(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
  }

  #heard({ now, order }: Extract<Heartbeat, { status: 'alive' }>): void {
    const { strategy, deadlineAt } = order ?? {};
    const heard = strategy && deadlineAt ? { strategy, leftMs: deadlineAt - now } : undefined;
    this.#drain.heard(heard, Date.now());
    this.#follow();
  }

  /** Says what it does, if that is new, and looks whether it may go. */
  #follow(): void {
    if (this.#isOver) return;
    const { current, state } = this.#drain;
    const isNews = this.status.state !== state;
    this.status.state = state;
    this.status.drain = current;
    if (isNews) {
      this.log.info({ state, ...current }, current ? 'draining' : 'drain canceled');
      this.registration.tell();
    }
    clearInterval(this.#timer);
    if (current) this.#timer = setInterval(() => this.#look(), intervalMs);
    this.#look();
  }

  #look(): void {
    const sessions = this.legs.all().length;
    const reason = this.#drain.leaves({ now: Date.now(), work: sessions, others: this.#others });
    if (reason) {
      this.stop();
      this.log.info({ reason, sessions }, 'leaving');
      this.#left.resolve();
    } else if (this.#drain.current) {
      void this.#countOthers();
    }
  }

  async #countOthers(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      this.#others = await this.peers.running();
    } catch (error) {
      this.#others = undefined;
      this.log.debug({ err: error }, 'it can not be known who could take the sessions');
    } finally {
      this.#looking = false;
    }
  }
}
