import {
  type Candidate,
  Drain,
  type DrainOrder,
  type Loss,
  NodeLoad,
  type NodeRecord,
  NodeState,
  type RegisteredNode,
} from '@evercall/cluster';
import { z } from 'zod';
import { chooseMediaNode } from '../media/domain/choose-media-node.js';

/** A lost node is told of for so long, in milliseconds. */
export const tellOfLostMs = 600_000;

/** A node as `GET /cluster/api/nodes` tells of it. Times are milliseconds since 1970. */
export const NodeView = z.object({
  /** Of this run of its process. */
  id: z.string(),
  /** For people: `master-1`. */
  name: z.string(),
  role: z.enum(['master', 'media']),
  state: NodeState,
  /** Where other nodes reach it. */
  url: z.string(),
  pid: z.number().int(),
  startedAt: z.number().int(),
  version: z.string(),
  /** Milliseconds since its last heartbeat; of a lost node, since it was declared lost. */
  lateMs: z.number(),
  load: NodeLoad,
  /** Present while it leaves. */
  drain: Drain.extend({
    /** Why nothing goes on: no other media node has room for its sessions. */
    waitsFor: z.enum(['room']).optional(),
  }).optional(),
  /** Present if it was declared lost: when, on which evidence, by which node. */
  lost: z.object({ at: z.number(), cause: z.string(), by: z.string() }).optional(),
});
export type NodeView = z.infer<typeof NodeView>;

const noLoad: NodeLoad = { cpu: 0, sessions: 0, consumers: 0, producers: 0, connections: 0, workers: [] };

/** What is known of the cluster's nodes. */
export interface NodesSight {
  nodes: RegisteredNode[];
  candidates: Candidate[];
  orders: ReadonlyMap<string, DrainOrder>;
  losses: Loss[];
  /** Milliseconds since 1970. */
  now: number;
}

function about({ id, name, role, state, url, pid, startedAt, version }: NodeRecord) {
  return { id, name, role, state, url, pid, startedAt, version };
}

function drainOf({ record, load }: RegisteredNode, { candidates, orders }: NodesSight): NodeView['drain'] {
  const order = orders.get(record.id);
  // Ordered a moment ago: the node hears of it with its next heartbeat.
  const drain: Drain | undefined =
    record.drain ?? (order && { strategy: order.strategy, deadlineAt: order.deadlineAt, by: 'order' });
  if (!drain) return undefined;
  const moves = record.role === 'media' && drain.strategy === 'move' && load.sessions > 0;
  const isStuck = moves && !chooseMediaNode(candidates, { generation: 1, avoid: record.id, recovery: true });
  return isStuck ? { ...drain, waitsFor: 'room' } : drain;
}

/** The nodes that are registered, oldest first, then those that were lost lately. */
export function nodeViews(sight: NodesSight): NodeView[] {
  const registered = sight.nodes.map((node): NodeView => {
    const drain = drainOf(node, sight);
    return {
      ...about(node.record),
      lateMs: node.lateMs,
      load: node.load,
      ...(drain ? { drain } : {}),
    };
  });
  const lost = sight.losses
    // Who left in good order with something undone isn't lost to those who look.
    .filter(({ at, cause }) => cause !== 'left' && sight.now - at < tellOfLostMs)
    .map(({ at, cause, by, record }): NodeView => {
      return {
        ...about(record),
        state: 'lost',
        lateMs: Math.max(0, sight.now - at),
        load: noLoad,
        lost: { at, cause, by },
      };
    });
  return [...registered, ...lost.toSorted((a, b) => b.lateMs - a.lateMs)];
}
