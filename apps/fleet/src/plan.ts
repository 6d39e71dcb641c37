import { readFileSync } from 'node:fs';
import { GroupRole } from '@evercall/cluster';
import { z } from 'zod';

/** A place for a node, and the process that the node is. */
export const PlanSlot = z.object({
  /** Name of the node: `media-1`. */
  name: z.string().regex(/^[\w-]+$/),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  /** Facts for whoever lists the processes: never a secret. */
  labels: z.record(z.string(), z.string()),
});
export type PlanSlot = z.infer<typeof PlanSlot>;

/** Which nodes there may be, and how many of each there are at first. */
export const FleetPlan = z.object({
  /** Another id is another start of the cluster: what was scaled in the one before is forgotten. */
  id: z.string().min(1),
  /** Whether nodes that die are replaced. */
  replace: z.boolean().default(true),
  groups: z.array(
    z.object({
      role: GroupRole,
      min: z.number().int().nonnegative(),
      desired: z.number().int().nonnegative(),
      /** All places that there are; a group has no more nodes. */
      slots: z.array(PlanSlot),
    }),
  ),
});
export type FleetPlan = z.infer<typeof FleetPlan>;

/**
 * Reads a plan out of its file.
 *
 * @throws Error that says what is wrong with it
 */
export function readPlan(file: string): FleetPlan {
  return FleetPlan.parse(JSON.parse(readFileSync(file, 'utf8')));
}
