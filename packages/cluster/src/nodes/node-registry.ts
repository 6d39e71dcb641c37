import type { MediaNodeId, SessionId } from '@evercall/protocol';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { reachingState } from '../errors.js';
import { keys, lifeMember } from '../redis/keys.js';
import { Scripts } from '../redis/scripts.js';
import { Placement } from '../store/records.js';
import { NodeLoad, NodeRecord, type RegisteredNode } from './node-record.js';

/** Milliseconds between two heartbeats of a node. */
export const heartbeatIntervalMs = 500;

const PlaceReply = z.tuple([z.enum(['placed', 'taken', 'busy', 'lost', 'ended']), z.string()]);

/** A media node that a session may be placed on, with what was promised to it. */
export interface Candidate extends RegisteredNode {
  /** Sessions that were placed there and don't show in its load yet. */
  reservations: number;
}

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
   * @returns `lost` if the node was declared lost: it must stop and exit
   * @throws ClusterError `STATE_UNAVAILABLE`
   */
  async heartbeat(record: NodeRecord, load: NodeLoad): Promise<'alive' | 'lost'> {
    const reply = await reachingState('heartbeat', () =>
      this.#scripts.run(
        'heartbeat',
        [keys.lost, keys.nodes, keys.heartbeats, keys.loads],
        [record.id, JSON.stringify(record), JSON.stringify(load)],
      ),
    );
    return reply === 0 ? 'lost' : 'alive';
  }

  /** Takes a node off that leaves in good order. */
  async deregister(nodeId: string): Promise<void> {
    await reachingState('deregister', () =>
      this.#redis
        .multi()
        .hdel(keys.nodes, nodeId)
        .zrem(keys.heartbeats, nodeId)
        .hdel(keys.loads, nodeId)
        .del(keys.nodeIndex(nodeId), keys.reservations(nodeId))
        .exec(),
    );
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
    const beats = new Map<string, number>();
    for (let index = 0; index + 1 < heartbeats.length; index += 2) {
      beats.set(heartbeats[index] ?? '', Number(heartbeats[index + 1]));
    }
    const nodes = Object.entries(records).flatMap(([id, text]): RegisteredNode[] => {
      const record = NodeRecord.safeParse(JSON.parse(text));
      const load = NodeLoad.safeParse(JSON.parse(loads[id] ?? 'null'));
      if (!record.success || !load.success) return [];
      return [{ record: record.data, load: load.data, lateMs: Math.max(0, now - (beats.get(id) ?? 0)) }];
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
        ],
      ),
    );
    const [status, text] = PlaceReply.parse(reply);
    if (status === 'placed' || status === 'taken') return { placement: Placement.parse(JSON.parse(text)) };
    return { refused: status };
  }
}
