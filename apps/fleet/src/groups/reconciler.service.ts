import { setTimeout as sleep } from 'node:timers/promises';
import { Lease, Slot } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { FleetConfig } from '../config.js';
import { rememberedSlot } from '../domain/observe-slot.js';
import { type FleetRules, reconcile } from '../domain/reconcile.js';
import type { SlotMemory } from '../domain/slot-memory.js';
import type { FleetPlan } from '../plan.js';
import { FLEET_CONFIG, FLEET_PLAN, LOGGER } from '../tokens.js';
import { ClusterView } from './cluster-view.service.js';
import { NodeLauncher } from './node-launcher.service.js';

/** Milliseconds between two looks. */
const lookMs = 250;
/** Milliseconds that a node may take to serve after its launch. */
const startMs = 60_000;
/** Milliseconds after which the load balancer has let a new master in, and masters have links to a new media node. */
const settleMs = 2000;
/** Milliseconds that a node gets beyond its own deadline for handing over. */
const drainMarginMs = 10_000;

/** Milliseconds that giving the lease up may take. */
const giveUpMs = 500;

/** What this fleet does: acts, waits for another's lease to end, or can't tell because the shared state is away. */
export type FleetRole = 'active' | 'standby' | 'cut-off';

/** Keeps the groups at their size while this fleet holds the lease. Nothing is ever stopped because it doesn't. */
@Injectable()
export class Reconciler {
  readonly #rules: FleetRules;
  #role: FleetRole = 'standby';
  /** undefined: not known yet, or another fleet's to know. */
  #slots: SlotMemory[] | undefined;
  #steadySince = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(
    private readonly lease: Lease,
    private readonly view: ClusterView,
    private readonly launcher: NodeLauncher,
    @Inject(FLEET_PLAN) plan: FleetPlan,
    @Inject(FLEET_CONFIG) config: FleetConfig,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.#rules = {
      places: plan.groups.flatMap(({ role, slots }) => slots.map(({ name }) => ({ name, role }))),
      replace: plan.replace,
      startMs,
      settleMs,
      drainMs: config.EVERCALL_DRAIN_MS + drainMarginMs,
    };
    launcher.onExit(() => this.#wake());
  }

  get role(): FleetRole {
    return this.#role;
  }

  /** The places as this fleet last saw them; empty while it isn't active. */
  get slots(): readonly Slot[] {
    return (this.#slots ?? []).map((slot) => Slot.parse(slot));
  }

  start(): void {
    this.#timer = setInterval(() => this.#wake(), lookMs);
    this.#wake();
  }

  /** Decides nothing more; the nodes run on. Another fleet may begin at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await Promise.race([this.#giveUp(), sleep(giveUpMs, undefined, { ref: false })]);
  }

  async #giveUp(): Promise<void> {
    try {
      await this.#looking;
      await this.lease.release();
    } catch (error) {
      this.log.debug({ err: error }, 'the lease ends in its time');
    }
  }

  #wake(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#wake();
    });
  }

  async #look(): Promise<void> {
    try {
      const token = await this.lease.hold(this.launcher.knownToken);
      if (token === undefined) {
        this.#become('standby');
        return;
      }
      if (this.#role !== 'active') await this.#begin(token);
      await this.#reconcile(token);
    } catch (error) {
      this.log.debug({ err: error }, 'nothing is decided for now');
      this.#become('cut-off');
    }
  }

  async #begin(token: number): Promise<void> {
    await this.view.offer();
    this.launcher.takeOver(token);
    this.#slots ??= (await this.view.slots()).map(rememberedSlot);
    this.#steadySince = Date.now();
    this.#become('active');
  }

  async #reconcile(token: number): Promise<void> {
    const read = await this.view.read();
    const { slots, actions } = reconcile(this.#rules, this.#slots ?? [], {
      ...read,
      now: Date.now(),
      steadySince: this.#steadySince,
      processes: this.launcher.processes(),
      exits: this.launcher.takeExits(),
      jitter: Math.random(),
    });
    // Reading took time: whoever slept meanwhile may not be the one who decides any more.
    if (this.#stopped || this.lease.token !== token) return;
    this.#slots = slots;
    for (const action of actions) await this.launcher.perform(action, token);
    this.launcher.forgetOthers(slots.map(({ name }) => name));
    await this.view.report(this.slots);
  }

  #become(role: FleetRole): void {
    if (role === this.#role) return;
    this.log.info({ was: this.#role, token: this.lease.token }, `fleet ${role}`);
    this.#role = role;
    if (role !== 'standby') return;
    this.#slots = undefined;
    this.launcher.letGo();
  }
}
