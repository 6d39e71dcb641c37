import type { MediaNodeId, SessionId } from '@evercall/protocol';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { ClusterError, reachingState } from '../errors.js';
import type { LossCause } from '../failure/domain/judgement.js';
import { keys, lifeMember } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';
import { StateRedis } from '../redis/state-redis.js';
import { Placement } from '../store/records.js';
import { DrainOrder } from './drain-orders.js';
import { NodeLoad, NodeRecord, type RegisteredNode } from './node-record.js';

/** Milliseconds between two heartbeats of a node. */
export const heartbeatIntervalMs = 500;

/** Milliseconds for which an observer's word about a silent node counts; it repeats it as long as it is so. */
const silenceTtlMs = 750;

/** Milliseconds for which a loss that is worked off is still told of. */
const keepLossesMs = 3_600_000;

const HeartbeatReply = z.tuple([z.number(), z.string()]);
const DeclareReply = z.tuple([z.enum(['declared', 'known', 'alive', 'refused']), z.string()]);
const DeregisterReply = z.enum(['left', 'abandoned', 'lost']);
const PlaceReply = z.tuple([z.enum(['placed', 'taken', 'busy', 'lost', 'ended', 'refused']), z.string()]);

/** What a node is answered when it says that it lives. */
export type Heartbeat =
  | { status: 'lost' }
  /** `now`: Redis time in ms, by which orders count. */
  | { status: 'alive'; now: number; order?: DrainOrder };

/** A media node that a session may be placed on, with what was promised to it. */
export interface Candidate extends RegisteredNode {
  /** Sessions that were placed there and don't show in its load yet. */
  reservations: number;
}

/** A node that is to be declared lost. */
export interface LossClaim {
  nodeId: string;
  /** Node that declares. */
  by: string;
  cause: LossCause;
  /** Redis time in ms, as text. */
  heartbeatAt?: string;
}

/** A node that was declared lost. */
export const Loss = z.object({
  nodeId: z.string(),
  by: z.string(),
  /** `left`: it went in good order, but something still hung on it. */
  cause: z.enum(['refused', 'replaced', 'silent', 'left']),
  /** Redis time in ms. */
  at: z.number(),
  record: z.string().transform((text) => NodeRecord.parse(JSON.parse(text))),
});
export type Loss = z.infer<typeof Loss>;

/** A claim for a media node. */
export interface PlacementClaim {
  sessionId: SessionId;
  life: number;
  /** Stored text of the placement that the decision was made on; `undefined` for none. */
  expected: string | undefined;
  placement: Placement;
  mediaNodeId: MediaNodeId;
  /** Reservations of the node that the decision counted. */
  reservations: number;
  /** Milliseconds that the promise counts. */
  reserveMs: number;
  /** Master that claims. */
  by: string;
}

/** Which nodes there are, how they do, and which sessions were promised to them. */
export class NodeRegistry {
  readonly #redis: Redis;
  readonly #scripts: Scripts;

  constructor(redis: Redis) {
    this.#redis = redis;
    this.#scripts = new Scripts(redis);
  }

  /**
   * Registers a node and says that it lives; to be repeated every {@link heartbeatIntervalMs}.
   *
   * @returns `lost` if the node was declared lost: it must stop and exit. Else the order to leave, if there is one
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async heartbeat(record: NodeRecord, load: NodeLoad): Promise<Heartbeat> {
    const reply = await reachingState('heartbeat', () =>
      this.#scripts.run(
        'heartbeat',
        [keys.lost, keys.nodes, keys.heartbeats, keys.loads, keys.orders],
        [record.id, JSON.stringify(record), JSON.stringify(load), keys.arrivalChannel],
      ),
    );
    const [now, order] = HeartbeatReply.parse(reply);
    if (now === 0) return { status: 'lost' };
    if (order === '') return { status: 'alive', now };
    return { status: 'alive', now, order: DrainOrder.parse(JSON.parse(order)) };
  }

  /**
   * Declares a node lost, once for all: from then on no script takes anything from it.
   *
   * @param loss `heartbeatAt`: the latest heartbeat that the evidence knew of; a later one makes it void
   * @returns `declared` by this call, `known` before, or `alive` after all
   * @throws ClusterError `STATE_UNAVAILABLE`; `NODE_LOST`: who declares was declared lost itself
   */
  async declareLost(loss: LossClaim): Promise<'declared' | 'known' | 'alive'> {
    const { nodeId, by, cause, heartbeatAt } = loss;
    const reply = await reachingState('declare lost', () =>
      this.#scripts.run(
        'declare-lost',
        [keys.lost, keys.nodes, keys.heartbeats, keys.loads, keys.losses, keys.orders],
        [nodeId, keys.lossChannel, by, cause, heartbeatAt ?? ''],
      ),
    );
    const [outcome] = DeclareReply.parse(reply);
    if (outcome === 'refused') throw new ClusterError('NODE_LOST', `${by} was declared lost`);
    return outcome;
  }

  /** Every node that was declared lost. @throws ClusterError `STATE_UNAVAILABLE` */
  async losses(): Promise<Loss[]> {
    const stored = await reachingState('losses', () => this.#storedLosses());
    return stored.map(([nodeId, text]) => Loss.parse({ ...JSON.parse(text), nodeId }));
  }

  /** What hangs on a node: its index. @throws ClusterError `STATE_UNAVAILABLE` */
  async work(nodeId: string): Promise<string[]> {
    return reachingState('work', () => this.#redis.smembers(keys.nodeIndex(nodeId)));
  }

  /** Whether a node was declared lost. @throws ClusterError `STATE_UNAVAILABLE` */
  async isLost(nodeId: string): Promise<boolean> {
    return (await reachingState('lost', () => this.#redis.sismember(keys.lost, nodeId))) === 1;
  }

  /** Nodes that were declared lost and still have something hanging on them, with all of it. */
  async unfinishedLosses(): Promise<{ loss: Loss; members: string[] }[]> {
    return reachingState('losses', async () => {
      const losses = await this.#storedLosses();
      const work = await Promise.all(
        losses.map(async ([nodeId, text]) => ({
          loss: Loss.parse({ ...JSON.parse(text), nodeId }),
          members: await this.#redis.smembers(keys.nodeIndex(nodeId)),
        })),
      );
      const [seconds] = await this.#redis.time();
      const old = work.filter(
        ({ loss, members }) => members.length === 0 && Number(seconds) * 1000 - loss.at > keepLossesMs,
      );
      // That they are lost stands elsewhere, for ever; this is the story of it.
      if (old.length > 0) await this.#redis.hdel(keys.losses, ...old.map(({ loss }) => loss.nodeId));
      return work.filter(({ members }) => members.length > 0);
    });
  }

  /** Takes entries off a node's index that have nothing to do any more. */
  async dropWork(nodeId: string, members: string[]): Promise<void> {
    if (members.length === 0) return;
    await reachingState('losses', () => this.#redis.srem(keys.nodeIndex(nodeId), members));
  }

  /** An observer's probes of a node fail, for so long by now. Gives what all observers say, each in ms. */
  async reportSilence(nodeId: string, observer: string, failingMs: number): Promise<number[]> {
    const reply = await reachingState('silence', () =>
      this.#scripts.run(
        'report-silence',
        [keys.silence(nodeId), keys.lost],
        [observer, Math.floor(failingMs), silenceTtlMs],
      ),
    );
    return z.array(z.number()).parse(reply);
  }

  /**
   * Takes a node off that leaves in good order.
   *
   * @returns `left`; `abandoned`: what still hung on it is worked off by the others; `lost`: it was declared lost before
   */
  async deregister(nodeId: string): Promise<'left' | 'abandoned' | 'lost'> {
    const reply = await reachingState('deregister', () =>
      this.#scripts.run(
        'deregister',
        [
          keys.lost,
          keys.nodes,
          keys.heartbeats,
          keys.loads,
          keys.losses,
          keys.nodeIndex(nodeId),
          keys.reservations(nodeId),
          keys.orders,
        ],
        [nodeId, keys.lossChannel],
      ),
    );
    return DeregisterReply.parse(reply);
  }

  /** All registered nodes with load and age of their last heartbeat, oldest first. */
  async list(): Promise<RegisteredNode[]> {
    const [time, records, heartbeats, loads] = await reachingState('nodes', async () =>
      Promise.all([
        this.#redis.time(),
        this.#redis.hgetall(keys.nodes),
        this.#redis.zrange(keys.heartbeats, '0', '-1', 'WITHSCORES'),
        this.#redis.hgetall(keys.loads),
      ]),
    );
    const now = Number(time[0]) * 1000 + Math.floor(Number(time[1]) / 1000);
    const beats = new Map<string, string>();
    for (let index = 0; index + 1 < heartbeats.length; index += 2) {
      beats.set(heartbeats[index] ?? '', heartbeats[index + 1] ?? '');
    }
    const nodes = Object.entries(records).flatMap(([id, text]): RegisteredNode[] => {
      const record = NodeRecord.safeParse(JSON.parse(text));
      const load = NodeLoad.safeParse(JSON.parse(loads[id] ?? 'null'));
      if (!record.success || !load.success) return [];
      const heartbeatAt = beats.get(id) ?? '0';
      const lateMs = Math.max(0, now - Number(heartbeatAt));
      return [{ record: record.data, load: load.data, lateMs, heartbeatAt }];
    });
    return nodes.toSorted((a, b) => a.record.startedAt - b.record.startedAt);
  }

  /** Media nodes with the number of promises that still count. */
  async candidates(): Promise<Candidate[]> {
    const nodes = (await this.list()).filter(({ record }) => record.role === 'media');
    return reachingState('reservations', async () => {
      const [seconds, micros] = await this.#redis.time();
      const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
      return Promise.all(
        nodes.map(async (node) => ({
          ...node,
          reservations: await this.#redis.zcount(keys.reservations(node.record.id), `(${now}`, '+inf'),
        })),
      );
    });
  }

  /**
   * Claims a media node for a session; one claim wins.
   *
   * @returns the placement that holds, or why there is none: `busy` (decide again: the node was promised to others
   * meanwhile), `lost` (the node is gone), `ended` (the session is over)
   * @throws ClusterError `STATE_UNAVAILABLE`, `NODE_LOST`: who claims was declared lost
   */
  async place(
    claim: PlacementClaim,
  ): Promise<{ placement: Placement } | { refused: 'busy' | 'lost' | 'ended' }> {
    const { sessionId, life, mediaNodeId } = claim;
    const reply = await reachingState('place', () =>
      this.#scripts.run(
        'place',
        [
          keys.counter(sessionId),
          keys.life(sessionId, life),
          keys.lost,
          keys.nodeIndex(mediaNodeId),
          keys.reservations(mediaNodeId),
        ],
        [
          life,
          claim.expected ?? '',
          JSON.stringify(claim.placement),
          mediaNodeId,
          lifeMember(sessionId, life),
          claim.reserveMs,
          claim.reservations,
          claim.by,
        ],
      ),
    );
    const [status, text] = PlaceReply.parse(reply);
    if (status === 'refused') throw new ClusterError('NODE_LOST', `${claim.by} was declared lost`);
    if (status === 'placed' || status === 'taken') return { placement: Placement.parse(JSON.parse(text)) };
    return { refused: status };
  }

  /** They are remembered, too: that a node is lost must not be lost with the shared state's data. */
  async #storedLosses(): Promise<[string, string][]> {
    const stored = await this.#redis.hgetall(keys.losses);
    if (this.#redis instanceof StateRedis) this.#redis.gate.rememberLosses(stored);
    return Object.entries(stored);
  }
}
