import type { Redis } from 'ioredis';
import { ClusterError } from '../errors.js';
import { keys as known } from './keys.js';
import { runScript, type ScriptName, type ScriptReply } from './run-script.js';
import { StateRedis } from './state-redis.js';

export type { ScriptName, ScriptReply } from './run-script.js';

/** Scripts that rely on everybody knowing the same: they wait for the gate, and refuse in another epoch. */
const settled: ReadonlySet<ScriptName> = new Set(['commit', 'read-session', 'place', 'due', 'declare-lost']);

/** Runs the Lua scripts; those about sessions only while the shared state can be relied on. */
export class Scripts {
  readonly #redis: Redis;
  readonly #options: { unsettled?: boolean };

  /** @param options `unsettled`: they run while the cluster settles after a loss of data, too */
  constructor(redis: Redis, options: { unsettled?: boolean } = {}) {
    this.#redis = redis;
    this.#options = options;
  }

  /**
   * @throws ClusterError `STATE_UNAVAILABLE`
   * @throws what the Redis client throws: time-out, no connection, a faulty script
   */
  async run(name: ScriptName, keys: string[], args: (string | number)[]): Promise<ScriptReply> {
    const redis = this.#redis;
    if (!settled.has(name)) return runScript(redis, name, { keys, args });
    if (!(redis instanceof StateRedis)) throw new TypeError(`${name} needs a client that knows the epoch`);
    return redis.reach(
      name,
      async () => {
        const call = { keys: [...keys, known.cluster], args: [...args, redis.gate.epoch] };
        return this.#accepted(redis, await runScript(redis, name, call));
      },
      this.#options,
    );
  }

  #accepted(redis: StateRedis, reply: ScriptReply): ScriptReply {
    const [status, left] = Array.isArray(reply) ? reply : [];
    if (status === 'estranged') {
      redis.greetAgain();
      throw new ClusterError('STATE_UNAVAILABLE', 'the shared state has lost data');
    }
    if (status !== 'settling') return reply;
    const retryAfterMs = Number(left);
    throw new ClusterError('STATE_UNAVAILABLE', 'the shared state settles after a loss of data', {
      retryAfterMs,
    });
  }
}
