import { setTimeout as sleep } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import { z } from 'zod';
import { reachingState } from '../errors.js';
import { keys } from './keys.js';
import { runScript } from './run-script.js';
import { StateGate } from './state-gate.js';

/** Milliseconds that a request waits for the shared state before it fails. */
const patienceMs = 2000;
/** Milliseconds between two greetings of a connection that doesn't answer. */
const greetAgainMs = 100;

const GreetReply = z.tuple([z.number(), z.string(), z.number(), z.number()]);

/** RESP2 replies: lists stay lists, as the typed wrappers expect them. */
export type LegacyOptions = RedisOptions & { replyMapping?: 'legacy' };

/**
 * A Redis client that greets each new connection before anything is asked about sessions: another run of Redis, or one
 * with less than this process knew, begins the next epoch.
 */
export class StateRedis extends Redis {
  readonly gate = new StateGate(patienceMs);
  #runId = '';
  /** Counts connections, so that a greeting of an earlier one opens nothing. */
  #turn = 0;

  constructor(options: LegacyOptions) {
    super(options);
    this.on('ready', () => void this.#greet());
    this.on('close', () => this.#close());
  }

  /**
   * One exchange about sessions, as soon as the state can be relied on.
   *
   * @param options `unsettled`: already while masters still tell what they remember
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async reach<T>(
    what: string,
    exchange: () => Promise<T>,
    { unsettled = false }: { unsettled?: boolean } = {},
  ): Promise<T> {
    return reachingState(what, () => this.gate.through(unsettled ? 'settling' : 'open', exchange));
  }

  /** The shared state answers, but isn't the one that was greeted. */
  greetAgain(): void {
    this.#close();
    void this.#greet();
  }

  #close(): void {
    this.#turn += 1;
    this.gate.shut();
  }

  async #greet(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const isCurrent = () => turn === this.#turn && this.status === 'ready';
    while (isCurrent()) {
      try {
        const [epoch, runId, settlesInMs, lostAgoMs] = await this.#ask();
        if (!isCurrent()) return;
        this.#runId = runId;
        const lostAt = lostAgoMs < 0 ? undefined : performance.now() - lostAgoMs;
        await Promise.all([this.gate.settle(epoch, lostAt), sleep(settlesInMs, undefined, { ref: false })]);
        if (isCurrent()) this.gate.open();
        return;
      } catch (error) {
        this.emit('error', error);
      }
      await sleep(greetAgainMs * (0.5 + Math.random()), undefined, { ref: false });
    }
  }

  async #ask(): Promise<z.infer<typeof GreetReply>> {
    const known = [...this.gate.losses].flat();
    const reply = await runScript(this, 'greet', {
      keys: [keys.cluster, keys.lost, keys.losses, keys.nodes, keys.heartbeats, keys.loads],
      args: [this.gate.epoch, this.#runId, ...known],
    });
    return GreetReply.parse(reply);
  }
}
