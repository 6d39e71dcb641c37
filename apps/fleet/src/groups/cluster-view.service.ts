import { type NodeGroup, NodeGroups, NodeRegistry, type Slot } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { SlotNode } from '../domain/slot-memory.js';
import type { FleetPlan } from '../plan.js';
import { FLEET_PLAN } from '../tokens.js';

/** What the shared state says about nodes and groups, and what the fleet says there. */
@Injectable()
export class ClusterView {
  #lastGroups: NodeGroup[] = [];
  #lastReport = '';

  constructor(
    private readonly registry: NodeRegistry,
    private readonly groups: NodeGroups,
    @Inject(FLEET_PLAN) private readonly plan: FleetPlan,
  ) {}

  /** Brings the groups of the plan along; after a loss of data what was last wanted. @throws ClusterError */
  async offer(): Promise<void> {
    const offers = this.plan.groups.map(({ role, min, desired, slots }) => {
      const last = this.#lastGroups.find((group) => group.role === role);
      return last ?? { role, min, desired, max: slots.length };
    });
    await this.groups.offer(this.plan.id, offers);
    this.#lastReport = '';
  }

  /** @throws ClusterError `STATE_UNAVAILABLE` */
  async read(): Promise<{
    groups: NodeGroup[];
    nodes: SlotNode[];
    lost: Pick<SlotNode, 'name' | 'pid'>[];
  }> {
    const [groups, nodes, losses] = await Promise.all([
      this.#readGroups(),
      this.registry.list(),
      this.registry.losses(),
    ]);
    return {
      groups,
      nodes: nodes.map(({ record: { name, pid, state }, load: { consumers, connections } }) => {
        return { name, pid, state, load: consumers + connections };
      }),
      lost: losses.map(({ record: { name, pid } }) => ({ name, pid })),
    };
  }

  async #readGroups(): Promise<NodeGroup[]> {
    const stored = await this.groups.list();
    const complete = stored.length === this.plan.groups.length;
    // Groups that are gone were lost with Redis' data; nobody takes groups away.
    if (!complete) await this.offer();
    this.#lastGroups = complete ? stored : await this.groups.list();
    return this.#lastGroups;
  }

  /** What a fleet before this one said. @throws ClusterError `STATE_UNAVAILABLE` */
  async slots(): Promise<Slot[]> {
    return await this.groups.slots();
  }

  /** Shows the places to masters, if anything changed. @throws ClusterError `STATE_UNAVAILABLE` */
  async report(slots: readonly Slot[]): Promise<void> {
    const text = JSON.stringify(slots);
    if (text === this.#lastReport) return;
    await this.groups.report(slots);
    this.#lastReport = text;
  }
}
