import { z } from 'zod';

/**
 * A master or media node, as masters tell of it (`GET /cluster/api/nodes`). What isn't named here (address, process id)
 * is dropped on parsing: a browser has no use for it.
 */
export const ClusterNode = z.object({
  id: z.string(),
  /** For people: `master-1`. Another run of the node has the same name and another id. */
  name: z.string(),
  role: z.enum(['master', 'media']),
  /** `running`, `terminating`, `lost` and so on; a newer platform may have more. */
  state: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  /** Milliseconds since its last heartbeat. */
  lateMs: z.number().optional(),
  load: z
    .object({
      /** Share of the cores it may use, 0 to 1. */
      cpu: z.number(),
      sessions: z.number(),
      /** What a media node forwards. */
      consumers: z.number(),
      /** Sockets of a master, transports of a media node. */
      connections: z.number(),
      workers: z.array(z.object({ consumers: z.number(), alive: z.boolean() })).default([]),
    })
    .optional(),
  /** Present while it leaves; `waitsFor`: why that doesn't get on. */
  drain: z
    .object({
      strategy: z.string(),
      deadlineAt: z.number().nullish(),
      waitsFor: z.string().optional(),
    })
    .optional(),
  /** Why and when it was declared dead. */
  lost: z.object({ at: z.number(), cause: z.string(), by: z.string().optional() }).optional(),
});
export type ClusterNode = z.infer<typeof ClusterNode>;

/** What masters answer to `GET /cluster/api/nodes`. */
export const ClusterNodes = z.array(ClusterNode);
