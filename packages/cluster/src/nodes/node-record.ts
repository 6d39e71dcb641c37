import { MasterId, MediaNodeId } from '@evercall/protocol';
import { z } from 'zod';

/** States of a node, with OpenVidu's names (contract 6.4) where it has them. */
export const NodeState = z.enum([
  'launching',
  'running',
  'waiting-idle-to-terminate',
  'terminating',
  'terminated',
  'failed',
  'canceled',
  'lost',
]);
export type NodeState = z.infer<typeof NodeState>;

/**
 * How a node leaves: `move` takes its work elsewhere first, `when-no-sessions` waits until it has none, `now` leaves it to
 * the others as a dead node would.
 */
export const DrainStrategy = z.enum(['move', 'when-no-sessions', 'now']);
export type DrainStrategy = z.infer<typeof DrainStrategy>;

/** That a node leaves the cluster. */
export const Drain = z.object({
  strategy: DrainStrategy,
  /** Milliseconds since 1970; it leaves then with whatever it still has. */
  deadlineAt: z.number().int(),
  /** Who wants it: somebody who asked the cluster and may take it back, or a signal to its process. */
  by: z.enum(['order', 'signal']),
});
export type Drain = z.infer<typeof Drain>;

const base = {
  schema: z.literal(1),
  /** For people: `master-1`. */
  name: z.string(),
  /** Where other nodes reach it: `http://host:port`. */
  url: z.url(),
  pid: z.number().int(),
  /** Milliseconds since 1970. */
  startedAt: z.number().int(),
  /** Version of the software. */
  version: z.string(),
  state: NodeState,
  /** Present while it leaves. */
  drain: Drain.optional(),
};

/** One run of a node's process. Another run has another id. */
export const NodeRecord = z.discriminatedUnion('role', [
  z.object({ ...base, role: z.literal('master'), id: MasterId }),
  z.object({
    ...base,
    role: z.literal('media'),
    id: MediaNodeId,
    workers: z.number().int().positive(),
    /** Consumers it forwards comfortably, and at the most. */
    softCapacity: z.number().int(),
    hardCapacity: z.number().int(),
  }),
]);
export type NodeRecord = z.infer<typeof NodeRecord>;
export type MediaNodeRecord = Extract<NodeRecord, { role: 'media' }>;
export type MasterRecord = Extract<NodeRecord, { role: 'master' }>;

/** What a node does at the moment. */
export const NodeLoad = z.object({
  /** Share of the cores it may use, 0 to 1. */
  cpu: z.number().nonnegative(),
  sessions: z.number().int().nonnegative(),
  /** Media node: what it forwards. Master: 0. */
  consumers: z.number().int().nonnegative(),
  producers: z.number().int().nonnegative(),
  /** Media node: transports. Master: sockets. */
  connections: z.number().int().nonnegative(),
  /** Media node: one number of consumers for each worker. */
  workers: z.array(z.object({ consumers: z.number().int(), alive: z.boolean() })),
});
export type NodeLoad = z.infer<typeof NodeLoad>;

/** A node as the registry knows it. */
export interface RegisteredNode {
  record: NodeRecord;
  load: NodeLoad;
  /** Milliseconds of Redis time since its last heartbeat. */
  lateMs: number;
  /** Redis time of its last heartbeat in ms, as text. */
  heartbeatAt: string;
}
