import type { ConnectionId } from '@evercall/protocol';
import { z } from 'zod';
import { ClusterError } from '../errors.js';
import { keys } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';
import type { StateRedis } from '../redis/state-redis.js';
import { type Program, ProgramBuilder } from '../store/commit-program.js';
import { type Precedence, precedence } from './domain/precedence.js';
import { type LifeCopy, type LifeMemory, readLife, versionOf } from './life-copy.js';
import { Restoration, type RestorationOptions } from './restoration.js';

/** How often it is decided again when others were faster. */
const attempts = 10;

const Reply = z.tuple([z.enum(['applied', 'conflict', 'lost'])]).rest(z.unknown());
const Fields = z.record(z.string(), z.string());

/** Tells the shared state, when it came back with less than it had, what this master remembers. */
export class Reasserter {
  readonly #redis: StateRedis;
  readonly #scripts: Scripts;
  readonly #by: string;
  readonly #options: Omit<RestorationOptions, 'epoch' | 'now'>;

  constructor(redis: StateRedis, by: string, options: Omit<RestorationOptions, 'epoch' | 'now'>) {
    this.#redis = redis;
    this.#scripts = new Scripts(redis, { unsettled: true });
    this.#by = by;
    this.#options = options;
  }

  /**
   * Of all that masters remember of a life, and what the shared state has, the newest stands in the end.
   *
   * @param now milliseconds since 1970
   * @throws ClusterError `STATE_UNAVAILABLE`, `NODE_LOST`, `CONFLICT`
   */
  async assert(memory: LifeMemory, now: number): Promise<Precedence> {
    const { copy } = memory;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const stored = await readLife(this.#scripts, copy.sessionId);
      const outcome = precedence(versionOf(copy), stored && versionOf(stored));
      if (outcome === 'keep') return outcome;
      const options = { ...this.#options, epoch: this.#redis.gate.epoch, now };
      const restoration = new Restoration(memory, stored, options);
      const program = outcome === 'bury' ? restoration.bury(this.#by) : restoration.restore(this.#by);
      if (await this.#commit(program)) return outcome;
    }
    throw new ClusterError(
      'CONFLICT',
      `${copy.sessionId} changes too fast to be told what is remembered of it`,
    );
  }

  /**
   * Only the master that has a connection's socket knows for sure what it wants to receive.
   *
   * @returns for how many connections that was lost
   * @throws ClusterError `STATE_UNAVAILABLE`, `NODE_LOST`
   */
  async assertSubscriptions({ copy, subscriptions }: LifeMemory): Promise<number> {
    const { sessionId, life } = copy;
    const stored = await readLife(this.#scripts, sessionId, life);
    if (!stored?.isOpen) return 0;
    let told = 0;
    for (const [connectionId, wanted] of subscriptions) {
      const record = stored.connections[connectionId];
      if (!record || !(await this.#lacks(stored, connectionId, wanted))) continue;
      const builder = new ProgramBuilder();
      const connections = builder.key(keys.connections(sessionId, life));
      const key = builder.key(keys.subscriptions(sessionId, life, connectionId));
      builder.expect.push(['field', connections, connectionId, record]);
      builder.write.push(['drop', key]);
      for (const [streamId, text] of Object.entries(wanted)) builder.write.push(['set', key, streamId, text]);
      const { retention } = this.#options;
      if (await this.#commit(builder.build(this.#by, { retention, reasserts: true }))) told += 1;
    }
    return told;
  }

  async #lacks(
    { sessionId, life }: LifeCopy,
    connectionId: ConnectionId,
    wanted: Record<string, string>,
  ): Promise<boolean> {
    const key = keys.subscriptions(sessionId, life, connectionId);
    const known = Fields.parse(
      await this.#redis.reach('subscriptions', () => this.#redis.hgetall(key), { unsettled: true }),
    );
    const ids = new Set([...Object.keys(known), ...Object.keys(wanted)]);
    return [...ids].some((id) => known[id] !== wanted[id]);
  }

  async #commit({ keys: names, json }: Program): Promise<boolean> {
    const [status] = Reply.parse(await this.#scripts.run('commit', names, [json]));
    if (status === 'lost') throw new ClusterError('NODE_LOST', `${this.#by} was declared lost`);
    return status === 'applied';
  }
}
