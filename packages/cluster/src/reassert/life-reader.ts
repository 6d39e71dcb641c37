import type { ConnectionId } from '@evercall/protocol';
import { z } from 'zod';
import { keys } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';
import type { StateRedis } from '../redis/state-redis.js';
import type { LifeRef } from '../store/event-log.js';
import { type LifeCopy, readLife } from './life-copy.js';

const Fields = z.record(z.string(), z.string());

/** Reads lives as they stand, without understanding them: cheap enough to be done at each change. */
export class LifeReader {
  readonly #redis: StateRedis;
  readonly #scripts: Scripts;

  constructor(redis: StateRedis) {
    this.#redis = redis;
    this.#scripts = new Scripts(redis);
  }

  /**
   * @returns `undefined` if there is no record of it: that says nothing
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async read({ sessionId, life }: LifeRef): Promise<LifeCopy | undefined> {
    const copy = await readLife(this.#scripts, sessionId, life);
    return copy?.session.record ? copy : undefined;
  }

  /** What a connection wants to receive: stream id → record. @throws ClusterError `STATE_UNAVAILABLE` */
  async subscriptions({ sessionId, life }: LifeRef, id: ConnectionId): Promise<Record<string, string>> {
    const key = keys.subscriptions(sessionId, life, id);
    return Fields.parse(await this.#redis.reach('subscriptions', () => this.#redis.hgetall(key)));
  }

  /** How often each was changed; `undefined` for one without a record. One round trip. */
  async versions(lives: LifeRef[]): Promise<(string | undefined)[]> {
    return this.#redis.reach('versions', async () =>
      Promise.all(
        lives.map(
          async ({ sessionId, life }) =>
            (await this.#redis.hget(keys.life(sessionId, life), 'version')) ?? undefined,
        ),
      ),
    );
  }
}
