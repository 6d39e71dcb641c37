import type { Redis } from 'ioredis';
import { z } from 'zod';
import { reachingState } from '../errors.js';
import { keys } from '../redis/keys.js';

/** What the nodes of a group are. */
export const GroupRole = z.enum(['master', 'media']);
export type GroupRole = z.infer<typeof GroupRole>;

/** How many nodes of a role there should be. */
export interface NodeGroup {
  role: GroupRole;
  min: number;
  max: number;
  desired: number;
  /** Grows with each rolling restart that is asked for: nodes of an older revision are replaced, one at a time. */
  revision: number;
}

/** States of a place for a node; `backoff` and `dead`: nothing runs in it, and it is or isn't going to be filled again. */
export const SlotState = z.enum(['starting', 'running', 'draining', 'backoff', 'dead']);
export type SlotState = z.infer<typeof SlotState>;

/** A place for a node, as the fleet sees it. */
export const Slot = z.object({
  /** Name of the node in it: `media-1`. */
  name: z.string(),
  role: GroupRole,
  state: SlotState,
  /** null: no process. */
  pid: z.number().int().nullable(),
  /** Since when it is in this state, in ms since 1970. */
  since: z.number(),
  /** How often a node of this place died and was replaced. */
  restarts: z.number().int(),
  /** Revision of the group that it was launched with. */
  revision: z.number().int(),
});
export type Slot = z.infer<typeof Slot>;

/** What a fleet brings along for a group; the revision only if it knows it from before. */
export type GroupOffer = Omit<NodeGroup, 'revision'> & Partial<Pick<NodeGroup, 'revision'>>;

const count = z.coerce.number().int().nonnegative();
const Fields = z.object({ min: count, max: count, desired: count, revision: count });

/** How many nodes the cluster should have, and what the fleet makes of it. */
export class NodeGroups {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** The groups that a fleet has brought along. @throws ClusterError `STATE_UNAVAILABLE` */
  async list(): Promise<NodeGroup[]> {
    const stored = await reachingState('groups', () => this.#redis.hgetall(keys.groups));
    return GroupRole.options.flatMap((role) => {
      const field = (name: string) => stored[`${role}:${name}`];
      const parsed = Fields.safeParse({
        min: field('min'),
        max: field('max'),
        desired: field('desired'),
        revision: field('revision') ?? 0,
      });
      return parsed.success ? [{ role, ...parsed.data }] : [];
    });
  }

  /**
   * Makes the groups of a plan those of the cluster. What was asked for since is kept, unless the plan is a new one or the
   * groups are gone.
   */
  async offer(planId: string, offers: readonly GroupOffer[]): Promise<void> {
    await reachingState('groups', async () => {
      if ((await this.#redis.hget(keys.groups, 'plan')) === planId) return;
      const fields = offers.flatMap(({ role, ...numbers }) =>
        Object.entries(numbers).map(([name, value]) => [`${role}:${name}`, `${value}`] as const),
      );
      await this.#redis
        .multi()
        .hset(keys.groups, Object.fromEntries([['plan', planId], ...fields]))
        .del(keys.slots)
        .exec();
    });
  }

  /** @param desired to be checked against the group's limits before */
  async scale(role: GroupRole, desired: number): Promise<void> {
    await reachingState('scale', () => this.#redis.hset(keys.groups, `${role}:desired`, `${desired}`));
  }

  /** Asks for a rolling restart. Returns the revision that all nodes will have after it. */
  async roll(role: GroupRole): Promise<number> {
    return await reachingState('roll', () => this.#redis.hincrby(keys.groups, `${role}:revision`, 1));
  }

  /** What the fleet last said of its places, by name. */
  async slots(): Promise<Slot[]> {
    const stored = await reachingState('slots', () => this.#redis.hgetall(keys.slots));
    return Object.values(stored)
      .flatMap((text) => Slot.safeParse(JSON.parse(text)).data ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** Says how the places are; those that aren't named are empty. */
  async report(slots: readonly Slot[]): Promise<void> {
    const fields = Object.fromEntries(slots.map((slot) => [slot.name, JSON.stringify(slot)]));
    await reachingState('slots', () => {
      const change = this.#redis.multi().del(keys.slots);
      if (slots.length > 0) change.hset(keys.slots, fields);
      return change.exec();
    });
  }
}
