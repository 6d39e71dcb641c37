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
