import { type Heartbeat, OwnDrain } from '@evercall/cluster';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SocketsService } from '../client/sockets.service.js';
import { NodeStateService } from '../node/node-state.js';
import { RegistrationService } from '../node/registration.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { farewellTime, groupSize } from './domain/farewell.js';
import { HostHandover } from './host-handover.service.js';

/** Milliseconds between two looks while this master leaves. */
const intervalMs = 100;
/** Milliseconds after which load balancers have noticed that this master takes nobody any more. */
const noticedMs = 1200;
/** A client that was told to go and is still there after this is told again, in ms. */
const againMs = 3000;
/** Milliseconds between two looks for who could take over, and for what is to be taken over. */
const handoverMs = 250;
/** Milliseconds that the last hand-over may take. */
const lastHandoverMs = 1000;

/** How this master leaves the cluster: ordered through the shared state, or by a signal to its process. */
@Injectable()
export class DepartureService implements OnModuleInit {
  readonly #drain = new OwnDrain();
  readonly #left = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #farewellUntil: number | undefined;
  /** Other masters that run; `undefined` if that isn't known. */
  #others: number | undefined;
  #handingOver = false;
  #handedOverAt = 0;
  #isOver = false;

  constructor(
    private readonly sockets: SocketsService,
    private readonly registration: RegistrationService,
    private readonly state: NodeStateService,
    private readonly handover: HostHandover,
    private readonly surroundings: SurroundingsService,
  ) {}

  onModuleInit(): void {
    this.registration.onHeartbeat((heartbeat) => this.#heard(heartbeat));
  }

  /** Resolves when this master is to end: it has handed over what it could. */
  get left(): Promise<void> {
    return this.#left.promise;
  }

  /** The process was asked to end. Asked again, the master leaves with whatever it has. */
  askToLeave(): void {
    const { clock, config } = this.surroundings;
    this.#drain.signalled(clock(), config.EVERCALL_DRAIN_MS);
    this.#follow();
  }

  leaveAtOnce(): void {
    this.#drain.leaveAtOnce();
    this.#follow();
  }

  #heard({ now, order }: Extract<Heartbeat, { status: 'alive' }>): void {
    const heard = order && { strategy: order.strategy, leftMs: order.deadlineAt - now };
    this.#drain.heard(heard, this.surroundings.clock());
    this.#follow();
  }

  /** Says what it does, if that is new, and looks whether it may go. */
  #follow(): void {
    const { state, surroundings } = this;
    if (this.#isOver || state.state === 'launching') {
      this.#look();
      return;
    }
    const { current, state: next } = this.#drain;
    const isNews = state.state !== next;
    state.become(next, current);
    if (isNews) {
      surroundings.logger.info({ state: next, ...current }, current ? 'draining' : 'drain canceled');
      this.registration.tell();
      this.#since = surroundings.clock();
      this.#farewellUntil = undefined;
    }
    clearInterval(this.#timer);
    if (current) this.#timer = setInterval(() => this.#look(), intervalMs);
    this.#look();
  }

  #look(): void {
    if (this.#isOver) return;
    const now = this.surroundings.clock();
    const reason = this.#drain.leaves({ now, work: this.#work(now), others: this.#others });
    if (reason) void this.#leave(reason);
    else if (this.#drain.current) {
      this.#sendAway(now);
      void this.#handOver(now);
    }
  }

  /** Sockets that are still here; load balancers that haven't noticed yet may send requests: that is work as well. */
  #work(now: number): number {
    const isNoticed = now - this.#since >= noticedMs || this.#others === 0;
    return this.sockets.count > 0 || isNoticed ? this.sockets.count : 1;
  }

  /** Tells clients to go, a few at a time, once they would come back somewhere else. */
  #sendAway(now: number): void {
    const { current } = this.#drain;
    if (current?.strategy !== 'move' || now - this.#since < noticedMs || !this.#others) return;
    this.#farewellUntil ??= now + farewellTime(this.sockets.count, current.deadlineAt - now);
    const waiting = this.sockets.untold(againMs);
    const size = groupSize(waiting.length, this.#farewellUntil - now, intervalMs);
    for (const client of waiting.slice(0, size)) client.goAway(Math.round(Math.random() * intervalMs));
  }

  async #handOver(now: number): Promise<void> {
    if (this.#handingOver || now - this.#handedOverAt < handoverMs) return;
    this.#handingOver = true;
    this.#handedOverAt = now;
    try {
      const heirs = await this.handover.heirs();
      this.#others = heirs.length;
      await this.handover.handOver(heirs);
    } catch (error) {
      this.#others = undefined;
      this.surroundings.logger.debug({ err: error }, 'nothing can be handed over now');
    } finally {
      this.#handingOver = false;
    }
  }

  async #leave(reason: string): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.surroundings.logger.info({ reason, sockets: this.sockets.count }, 'leaving');
    // What was made here since the last look; whatever happens to it, this master goes.
    const timer = setTimeout(() => this.#left.resolve(), lastHandoverMs);
    try {
      if (this.#others !== 0) await this.handover.handOver(await this.handover.heirs());
    } catch (error) {
      this.surroundings.logger.warn({ err: error }, 'left without handing over');
    }
    clearTimeout(timer);
    this.#left.resolve();
  }
}
