import { Drain, DrainStrategy } from '@evercall/cluster';
import { z } from 'zod';

/** Milliseconds that a node has by default to wait for the end of its sessions. */
const untilSessionsEndMs = 86_400_000;

/** Body of `POST /cluster/api/nodes/:id/drain`. */
export const DrainRequest = z.object({
  strategy: DrainStrategy.default('move'),
  /** Milliseconds that it has; then it leaves with whatever it still has. */
  deadlineMs: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400_000)
    .optional(),
});
export type DrainRequest = z.infer<typeof DrainRequest>;

/** Answer to it. */
export const DrainOrdered = z.object({ id: z.string(), drain: Drain });
export type DrainOrdered = z.infer<typeof DrainOrdered>;

/** How long a node gets. @param byDefault milliseconds for a move */
export function drainTime({ strategy, deadlineMs }: DrainRequest, byDefault: number): number {
  return deadlineMs ?? (strategy === 'when-no-sessions' ? untilSessionsEndMs : byDefault);
}

/** Body of `POST /cluster/api/sessions/:id/move`. */
export const MoveRequest = z.object({
  /** Media node that must take it; default the least loaded other one. */
  mediaNodeId: z.string().min(1).optional(),
});

/** Body of `PATCH /cluster/api/groups/:role`. */
export const GroupSize = z.object({
  /** How many nodes there should be. */
  desired: z.number().int(),
});
