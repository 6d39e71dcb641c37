import { z } from 'zod';

/** A master or media node, as the backend shows it. */
export const ClusterNode = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['master', 'media']),
  state: z.string(),
  load: z
    .object({
      /** Share of its cores, 0 to 1. */
      cpu: z.number(),
      sessions: z.number(),
      consumers: z.number(),
      connections: z.number(),
      workers: z.array(z.object({ consumers: z.number(), alive: z.boolean() })),
    })
    .optional(),
  drain: z.object({ strategy: z.string(), waitsFor: z.string().optional() }).optional(),
  /** Times are milliseconds since 1970. */
  lost: z.object({ at: z.number(), cause: z.string() }).optional(),
});
export type ClusterNode = z.infer<typeof ClusterNode>;

/** What the backend answers to `GET /api/cluster`. */
export const ClusterView = z.object({
  /** Whether nodes may be broken from here. */
  playground: z.boolean(),
  /** Milliseconds since a master told this; 0 while they answer. */
  ageMs: z.number(),
  nodes: z.array(ClusterNode),
  room: z
    .object({
      legs: z.array(z.object({ mediaNodeId: z.string(), leaving: z.boolean() })),
      connections: z.array(
        z.object({ connectionId: z.string(), masterName: z.string().nullish(), attached: z.boolean() }),
      ),
    })
    .nullable(),
});
export type ClusterView = z.infer<typeof ClusterView>;
