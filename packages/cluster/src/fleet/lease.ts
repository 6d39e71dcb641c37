import type { Redis } from 'ioredis';
import { z } from 'zod';
import { reachingState } from '../errors.js';
import { keys } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';

/** What a {@link Lease} is about. */
export interface LeaseOptions {
  /** What is leased, such as `fleet`. */
  name: string;
  /** Who asks for it; unique for each run of a process. */
  holder: string;
  /** Milliseconds for which a holder that says nothing more keeps it. */
  ttlMs: number;
}

/** Part of the time that is given away, so that a holder stops before the next one can begin. */
const margin = 0.9;

/** A right that one process of the cluster has at a time, with a fencing token that grows from holder to holder. */
export class Lease {
  readonly #scripts: Scripts;
  readonly #options: LeaseOptions;
  readonly #clock: () => number;
  #token = 0;
  #heldUntil = 0;

  /** @param clock milliseconds of a clock that only goes forward */
  constructor(redis: Redis, options: LeaseOptions, clock: () => number = () => performance.now()) {
    this.#scripts = new Scripts(redis);
    this.#options = options;
    this.#clock = clock;
  }

  /** The fencing token while the lease is certainly held, also when this process was asleep meanwhile; else undefined. */
  get token(): number | undefined {
    return this.#clock() < this.#heldUntil ? this.#token : undefined;
  }

  /**
   * Takes the lease if it is free, or keeps it; to be repeated well before it ends.
   *
   * @param knownToken highest token that the caller knows of; a new one is higher
   * @returns the fencing token, or undefined if somebody else holds it
   * @throws ClusterError `STATE_UNAVAILABLE`; the lease then ends in its time
   */
  async hold(knownToken = 0): Promise<number | undefined> {
    const asked = this.#clock();
    const { ttlMs } = this.#options;
    const token = await this.#run(ttlMs, Math.max(knownToken, this.#token));
    this.#heldUntil = token === 0 ? 0 : asked + ttlMs * margin;
    this.#token = Math.max(token, this.#token);
    return this.token;
  }

  /** Gives the lease up, so that the next one needn't wait. @throws ClusterError `STATE_UNAVAILABLE` */
  async release(): Promise<void> {
    this.#heldUntil = 0;
    await this.#run(0, this.#token);
  }

  async #run(ttlMs: number, knownToken: number): Promise<number> {
    const { name, holder } = this.#options;
    const reply = await reachingState(`lease ${name}`, () =>
      this.#scripts.run('lease', [keys.lease(name), keys.leaseTokens(name)], [holder, ttlMs, knownToken]),
    );
    return z.number().parse(reply);
  }
}
