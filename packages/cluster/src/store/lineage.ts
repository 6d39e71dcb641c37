import type { Position } from '@evercall/protocol';

/** Where a log ends, and where it began its epoch: up to the fork it is the log of the epoch before. */
export interface Lineage {
  head: Position;
  fork: Position | undefined;
}

/**
 * How many entries stand between a position and the head; `undefined` if the position isn't on this log: what was known
 * there was lost, or is too old to tell.
 */
export function entriesSince(after: Position, { head, fork }: Lineage): number | undefined {
  const isCommon =
    after.epoch === head.epoch ||
    (fork !== undefined && after.epoch === fork.epoch && after.sequence <= fork.sequence);
  const count = head.sequence - after.sequence;
  return isCommon && count >= 0 ? count : undefined;
}
