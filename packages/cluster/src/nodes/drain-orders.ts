import type { Redis } from 'ioredis';
import { z } from 'zod';
import { reachingState } from '../errors.js';
import { keys } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';
import { DrainStrategy } from './node-record.js';

/** An order to leave the cluster, as it stands for a node until it has left. */
export const DrainOrder = z.object({
  state: z.literal('drain'),
  strategy: DrainStrategy,
  /** Redis time in ms. */
  deadlineAt: z.number().int(),
});
export type DrainOrder = z.infer<typeof DrainOrder>;

/** Orders to nodes. A node gets its own with the answer to its next heartbeat, and acts on itself. */
export class DrainOrders {
  readonly #redis: Redis;
  readonly #scripts: Scripts;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#scripts = new Scripts(redis);
  }

  /**
   * Orders a node to leave.
   *
   * @param forMs milliseconds that it has
   * @returns `undefined` if no such node is registered
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async give(nodeId: string, strategy: DrainStrategy, forMs: number): Promise<DrainOrder | undefined> {
    const reply = await reachingState('order', () =>
      this.#scripts.run('order-drain', [keys.nodes, keys.orders], [nodeId, strategy, forMs]),
    );
    const text = z.string().parse(reply);
    return text === '' ? undefined : DrainOrder.parse(JSON.parse(text));
  }

  /** Takes a node's order back. @throws ClusterError `STATE_UNAVAILABLE` */
  async takeBack(nodeId: string): Promise<void> {
    await reachingState('order', () => this.#redis.hdel(keys.orders, nodeId));
  }

  /** The orders that stand, by node. @throws ClusterError `STATE_UNAVAILABLE` */
  async all(): Promise<Map<string, DrainOrder>> {
    const orders = await reachingState('orders', () => this.#redis.hgetall(keys.orders));
    return new Map(
      Object.entries(orders).map(([nodeId, text]) => [nodeId, DrainOrder.parse(JSON.parse(text))]),
    );
  }
}
