import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { FleetConfig } from '../config.js';
import type { FleetAction } from '../domain/reconcile.js';
import type { SlotExit, SlotProcess } from '../domain/slot-memory.js';
import type { FleetPlan, PlanSlot } from '../plan.js';
import { ProcessProvider, type ProcessSpec } from '../process/index.js';
import { FLEET_CONFIG, FLEET_PLAN, LOGGER } from '../tokens.js';
import { Fence } from './fence.js';

/** Milliseconds that a node may take to end when the whole cluster ends. */
const endMs = 2000;

/** The nodes as processes of this machine. */
@Injectable()
export class NodeLauncher {
  readonly #provider: ProcessProvider;
  readonly #fence: Fence;
  readonly #slots: ReadonlyMap<string, PlanSlot>;
  readonly #log: Logger;
  #exits: SlotExit[] = [];
  #kept: readonly string[];
  #onExit: () => void = () => undefined;

  constructor(
    @Inject(FLEET_CONFIG) config: FleetConfig,
    @Inject(FLEET_PLAN) plan: FleetPlan,
    @Inject(LOGGER) log: Logger,
  ) {
    this.#log = log;
    this.#provider = new ProcessProvider({ runDir: config.FLEET_RUN_DIR, logsDir: config.FLEET_LOGS_DIR });
    this.#fence = new Fence(config.FLEET_RUN_DIR);
    this.#slots = new Map(plan.groups.flatMap(({ slots }) => slots.map((slot) => [slot.name, slot])));
    this.#kept = [...this.#slots.keys()];
    this.#provider.onExit(({ name, pid, code, signal, expected }) => {
      if (!expected) log.info({ name, pid, code, signal }, 'node process ended');
      this.#exits.push({ name, pid, code });
      this.#onExit();
    });
  }

  /** Highest fencing token that was used on these processes. */
  get knownToken(): number {
    return this.#fence.highest;
  }

  /** Called whenever a process has ended. */
  onExit(listener: () => void): void {
    this.#onExit = listener;
  }

  /** Takes over what other fleets have launched, and closes the door behind them. @throws FencedError */
  takeOver(token: number): void {
    this.#fence.pass(token);
    for (const { name, pid } of this.#provider.adopt([...this.#slots.keys()])) {
      this.#log.info({ name, pid }, 'running node taken over');
    }
  }

  /** What runs. */
  processes(): SlotProcess[] {
    return this.#provider.list().map(({ name, pid, labels }) => ({
      name,
      pid,
      launchedAt: Number(labels['launchedAt'] ?? 0),
      revision: Number(labels['revision'] ?? 0),
    }));
  }

  /** What has ended since this was asked the last time. */
  takeExits(): SlotExit[] {
    const exits = this.#exits;
    this.#exits = [];
    return exits;
  }

  /** Carries out what was decided. @throws FencedError */
  async perform(action: FleetAction, token: number): Promise<void> {
    this.#fence.pass(token);
    const { name } = action;
    switch (action.kind) {
      case 'launch':
        await this.#launch(action);
        return;
      case 'drain':
        this.#log.info({ name }, 'node told to leave');
        this.#provider.signal(name, 'SIGTERM');
        return;
      case 'kill':
        this.#log.warn({ name, why: action.why }, 'node killed');
        this.#provider.kill(name);
        return;
    }
  }

  /** Removes what is kept of nodes that have left: of all but these. */
  forgetOthers(names: readonly string[]): void {
    const left = this.#kept.filter((name) => !names.includes(name));
    for (const name of left) this.#provider.forget(name);
    this.#kept = names;
  }

  /** Lets all nodes run on, for the next fleet. */
  letGo(): void {
    this.#provider.abandon();
  }

  /** Ends all nodes at once, without handing anything over. */
  async endAll(): Promise<void> {
    const running = this.#provider.list();
    await Promise.all(running.map(({ name }) => this.#provider.stop(name, { deadlineMs: endMs })));
  }

  async #launch({ name, revision }: { name: string; revision: number }): Promise<void> {
    const slot = this.#slots.get(name);
    if (!slot) return;
    const labels = { ...slot.labels, launchedAt: `${Date.now()}`, revision: `${revision}` };
    // Nodes outlive the fleet that launched them. SIGTERM would have them hand over first.
    const spec: ProcessSpec = { ...slot, labels, stopSignal: 'SIGINT', onLauncherEnd: null };
    try {
      const { pid } = await this.#provider.launch(spec);
      this.#log.info({ name, pid, revision }, 'node launched');
    } catch (error) {
      // The next look finds nothing in the place and counts a crash.
      this.#log.error({ err: error, name }, "node can't be launched");
    }
  }
}
