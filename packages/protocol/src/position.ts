import { z } from 'zod';

/** A place in a session's event log. The epoch grows when the shared state lost data. */
export const Position = z.object({
  epoch: z.number().int().nonnegative(),
  sequence: z.number().int().nonnegative(),
});
export type Position = z.infer<typeof Position>;

/** Negative if `a` is before `b`, zero if they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  return a.epoch - b.epoch || a.sequence - b.sequence;
}
