import {
  ConnectionEndReason,
  type ConnectionId,
  type Position,
  SessionId,
  StreamId,
  type TokenId,
} from '@evercall/protocol';
import { z } from 'zod';
import { ClusterError } from '../errors.js';
import { keys, lifeMember } from '../redis/keys.js';
import { type ScriptReply, Scripts } from '../redis/scripts.js';
import type { StateRedis } from '../redis/state-redis.js';
import { CommitProgram, type Program, ProgramBuilder, type Retention } from './commit-program.js';
import { type Deadline, formatDeadline, parseDeadline } from './deadline.js';
import type { LifeRef } from './event-log.js';
import { parseSessionReply } from './read-reply.js';
import { type SessionRecord, SubscriptionRecord } from './records.js';
import type { Mutation, SessionChange } from './session-change.js';
import type { SessionState } from './session-state.js';

const CommitReply = z.union([
  z.tuple([z.literal('applied'), z.number(), z.number(), z.number()]),
  z.tuple([z.literal('conflict'), z.number()]),
  z.tuple([z.literal('replayed'), z.string()]),
  z.tuple([z.literal('mismatch')]),
  z.tuple([z.literal('lost')]),
]);

/** What became of a decision. */
export type CommitOutcome =
  /** It holds. `position` is that of its last event, if it had any. */
  | { status: 'applied'; position: Position | undefined; at: number }
  /** Something it relied on has changed: read and decide again. */
  | { status: 'conflict' }
  /** The same request was carried out before; `result` is the JSON it was answered. */
  | { status: 'replayed'; result: string };

const livesPerEpoch = 1_000_000;

const TokenRecord = z.object({ sessionId: SessionId, life: z.number().int(), connectionId: z.string() });
const SubscriptionFields = z.record(z.string(), z.string());

/** Sessions in the shared state. Reading gives an instant's state; changing goes through {@link commit} only. */
export class SessionStore {
  readonly #redis: StateRedis;
  readonly #scripts: Scripts;
  readonly #by: string;
  readonly #retention: Retention;
  #onChanged: ((life: LifeRef, change: SessionChange) => void) | undefined;

  /** @param by id of the node that decides; once it was declared lost, its commits are refused */
  constructor(redis: StateRedis, by: string, retention: Retention) {
    this.#redis = redis;
    this.#scripts = new Scripts(redis);
    this.#by = by;
    this.#retention = retention;
  }

  /**
   * The session as it stands, or what is left of one that ended lately (`ended` says why).
   *
   * @param life a certain life instead of the current one
   * @throws ClusterError `STATE_UNAVAILABLE`, `RECORD_UNREADABLE`
   */
  async read(sessionId: SessionId, life?: number): Promise<SessionState | undefined> {
    const reply = await this.#run(
      'read-session',
      [keys.counter(sessionId), keys.lost],
      [keys.lifePrefix(sessionId), life ?? ''],
    );
    return parseSessionReply(reply);
  }

  /** All open sessions, oldest first. */
  async list(): Promise<SessionState[]> {
    const ids = await this.#redis.reach('list', () => this.#redis.smembers(keys.sessions));
    const states = await Promise.all(ids.map((id) => this.read(SessionId.parse(id))));
    return states
      .flatMap((state) => (state && !state.ended ? [state] : []))
      .toSorted((a, b) => a.record.createdAt - b.record.createdAt);
  }

  /**
   * Opens the next life of a session id. The record's life is filled in here.
   *
   * @returns the record, or `exists` if the session is open already
   */
  async create(
    draft: Omit<SessionRecord, 'life'>,
    { unusedMs, mutation }: { unusedMs: number; mutation?: Mutation },
  ): Promise<{ status: 'created'; record: SessionRecord } | { status: 'exists' } | { status: 'replayed' }> {
    const { sessionId } = draft;
    const [lifeText, open] = await this.#redis.reach('create', () =>
      this.#redis.hmget(keys.counter(sessionId), 'life', 'open'),
    );
    if (open === '1') return { status: 'exists' };
    const { epoch } = this.#redis.gate;
    const record = { ...draft, life: nextLife(Number(lifeText ?? 0), epoch) };
    const program = this.#creation(record, {
      previous: lifeText ?? undefined,
      epoch,
      unusedMs,
      ...(mutation ? { mutation } : {}),
    });
    const outcome = await this.#commit(program);
    if (outcome.status === 'applied') return { status: 'created', record };
    return { status: outcome.status === 'conflict' ? 'exists' : 'replayed' };
  }

  /**
   * Applies a decision, all of it or nothing.
   *
   * @param state what the decision was made on
   * @throws ClusterError `STATE_UNAVAILABLE`, `MUTATION_MISMATCH`, `NODE_LOST`
   */
  async commit(state: SessionState, change: SessionChange, mutation?: Mutation): Promise<CommitOutcome> {
    const program = new CommitProgram(state, this.#retention).encode(this.#by, change, mutation);
    const outcome = await this.#commit(program, change.events?.length ?? 0);
    if (outcome.status === 'applied') this.#onChanged?.(state.record, change);
    return outcome;
  }

  /** Called after each change that was made through this store. */
  onChanged(listener: (life: LifeRef, change: SessionChange) => void): void {
    this.#onChanged = listener;
  }

  /** What a request with this key was answered before; `undefined` if it is new. */
  async recall(mutation: Pick<Mutation, 'id' | 'bodyHash'>): Promise<string | undefined> {
    const [hash, result] = await this.#redis.reach('recall', () =>
      this.#redis.hmget(keys.mutation(mutation.id), 'hash', 'result'),
    );
    if (hash === null || hash === undefined) return undefined;
    if (hash !== mutation.bodyHash) throw mismatch();
    return result ?? undefined;
  }

  /** Which connection a token is for; `undefined` if it is unknown, used or expired. */
  async token(tokenId: TokenId): Promise<z.infer<typeof TokenRecord> | undefined> {
    const text = await this.#redis.reach('token', () => this.#redis.get(keys.token(tokenId)));
    return text === null ? undefined : TokenRecord.parse(JSON.parse(text));
  }

  /** What each of these connections wants to receive. */
  async subscriptions(
    state: SessionState,
    connectionIds: ConnectionId[],
  ): Promise<Map<ConnectionId, Map<StreamId, SubscriptionRecord>>> {
    const { sessionId, life } = state.record;
    return this.#redis.reach('subscriptions', async () => {
      const hashes = await Promise.all(
        connectionIds.map(async (id) => {
          const fields = SubscriptionFields.parse(
            await this.#redis.hgetall(keys.subscriptions(sessionId, life, id)),
          );
          const records = Object.entries(fields).map(
            ([streamId, text]) =>
              [StreamId.parse(streamId), SubscriptionRecord.parse(JSON.parse(text))] as const,
          );
          return [id, new Map(records)] as const;
        }),
      );
      return new Map(hashes);
    });
  }

  /** Why a connection ended; `undefined` if it hasn't, or long ago. */
  async endReason(
    sessionId: SessionId,
    life: number,
    connectionId: ConnectionId,
  ): Promise<ConnectionEndReason | undefined> {
    const text = await this.#redis.reach('ended', () =>
      this.#redis.get(keys.ended(sessionId, life, connectionId)),
    );
    return text === null ? undefined : ConnectionEndReason.parse(text);
  }

  /**
   * Deadlines that have passed by Redis time, earliest first; none for `holdMs` after a loss of data.
   *
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async due(limit: number, holdMs: number): Promise<Deadline[]> {
    const reply = await this.#run('due', [keys.deadlines], [limit, holdMs]);
    return z.array(z.string()).parse(reply).map(parseDeadline);
  }

  /** Takes away a deadline that has nothing to do any more. */
  async dropDeadline(deadline: Deadline): Promise<void> {
    await this.#redis.reach('deadline', () => this.#redis.zrem(keys.deadlines, formatDeadline(deadline)));
  }

  #creation(
    record: SessionRecord,
    {
      previous,
      epoch,
      unusedMs,
      mutation,
    }: { previous: string | undefined; epoch: number; unusedMs: number; mutation?: Mutation },
  ): Program {
    const { sessionId, life } = record;
    const builder = new ProgramBuilder();
    const counter = builder.key(keys.counter(sessionId));
    const session = builder.key(keys.life(sessionId, life));
    if (previous === undefined) builder.expect.push(['absent', counter]);
    else builder.expect.push(['field', counter, 'life', previous], ['field', counter, 'open', '0']);
    builder.write.push(
      ['set', counter, 'life', String(life)],
      ['set', counter, 'open', '1'],
      ['persist', counter],
      ['set', session, 'record', JSON.stringify(record)],
      ['set', session, 'active', '0'],
      ['set', session, 'epoch', String(epoch)],
      ['set', session, 'sequence', '0'],
      ['add', builder.key(keys.sessions), sessionId],
    );
    if (record.properties.recovery === 'application') {
      builder.write.push(['add', builder.key(keys.nodeIndex(record.hostId)), lifeMember(sessionId, life)]);
    }
    if (unusedMs > 0) {
      const deadline = formatDeadline({ kind: 'unused', sessionId, life });
      builder.write.push(['schedule', builder.key(keys.deadlines), deadline, unusedMs]);
    }
    return builder.build(this.#by, {
      retention: this.#retention,
      session,
      ...(mutation ? { mutation } : {}),
    });
  }

  async #commit(program: Program, events = 0): Promise<CommitOutcome> {
    const reply = CommitReply.parse(await this.#run('commit', program.keys, [program.json]));
    switch (reply[0]) {
      case 'applied': {
        const [, epoch, first, at] = reply;
        return {
          status: 'applied',
          position: events > 0 ? { epoch, sequence: first + events - 1 } : undefined,
          at,
        };
      }
      case 'conflict':
        return { status: 'conflict' };
      case 'replayed':
        return { status: 'replayed', result: reply[1] };
      case 'mismatch':
        throw mismatch();
      case 'lost':
        throw new ClusterError('NODE_LOST', `${this.#by} was declared lost`);
    }
  }

  async #run(
    name: Parameters<Scripts['run']>[0],
    keyList: string[],
    args: (string | number)[],
  ): Promise<ScriptReply> {
    return this.#scripts.run(name, keyList, args);
  }
}

/**
 * Number of a session id's next life. Each epoch has numbers of its own: the counter may be among what was lost, and
 * media nodes and tokens must not take the new life for the one before.
 */
function nextLife(last: number, epoch: number): number {
  return Math.max(last, (epoch - 1) * livesPerEpoch) + 1;
}

function mismatch(): ClusterError {
  return new ClusterError('MUTATION_MISMATCH', 'the same mutation id was used with another body');
}
