import type { Position, SessionId } from '@evercall/protocol';
import { z } from 'zod';
import { keys } from '../redis/keys.js';
import type { StateRedis } from '../redis/state-redis.js';
import { entriesSince, type Lineage } from './lineage.js';
import { type LogEntry, NewEntry } from './log-entry.js';

/** A session's life, as logs and channels name it. */
export interface LifeRef {
  sessionId: SessionId;
  life: number;
}

/** What stands in a log after a position. */
export interface LogRead {
  entries: LogEntry[];
  /** Where the log ends; `undefined`: there is none. */
  head: Position | undefined;
  /** `false`: the log doesn't reach back to the position; only a snapshot helps. */
  complete: boolean;
}

const RawEntry = z.tuple([
  z.string(),
  z.tuple([z.literal('at'), z.coerce.number(), z.literal('entry'), z.string()]),
]);

/** The durable events of sessions, in order. Written by commits, trimmed by age. */
export class EventLog {
  readonly #redis: StateRedis;

  constructor(redis: StateRedis) {
    this.#redis = redis;
  }

  /**
   * The entries after a position, oldest first, up to the head.
   *
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async readAfter({ sessionId, life }: LifeRef, after: Position): Promise<LogRead> {
    const [head, raw] = await this.#redis.reach('event log', async () => {
      const replies = await this.#redis
        .multi()
        .hmget(keys.life(sessionId, life), 'epoch', 'sequence', 'forkEpoch', 'forkSequence')
        .xrange(keys.log(sessionId, life), `(${after.epoch}-${after.sequence}`, '+')
        .exec();
      return z
        .tuple([z.array(z.string().nullable()), z.array(RawEntry)])
        .parse(replies?.map(([, reply]) => reply));
    });
    const entries = raw.map(([id, [, at, , text]]): LogEntry => {
      const [epoch, sequence] = id.split('-').map(Number);
      return {
        ...NewEntry.parse(JSON.parse(text)),
        position: { epoch: epoch ?? 0, sequence: sequence ?? 0 },
        at,
      };
    });
    const lineage = toLineage(head);
    const missed = lineage && entriesSince(after, lineage);
    return { entries, head: lineage?.head, complete: missed === entries.length };
  }

  /** Where each log ends; `undefined` for a session that is gone. One round trip. */
  async heads(lives: LifeRef[]): Promise<(Position | undefined)[]> {
    return this.#redis.reach('heads', async () =>
      Promise.all(
        lives.map(async ({ sessionId, life }) => {
          const [epoch, sequence] = await this.#redis.hmget(keys.life(sessionId, life), 'epoch', 'sequence');
          return toPosition(epoch, sequence);
        }),
      ),
    );
  }
}

function toLineage(fields: (string | null)[]): Lineage | undefined {
  const [head, fork] = [toPosition(fields[0], fields[1]), toPosition(fields[2], fields[3])];
  return head && { head, fork };
}

function toPosition(epoch?: string | null, sequence?: string | null): Position | undefined {
  return epoch && sequence ? { epoch: Number(epoch), sequence: Number(sequence) } : undefined;
}
