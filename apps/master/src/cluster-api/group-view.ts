import { GroupRole, type NodeGroup, Slot } from '@evercall/cluster';
import { z } from 'zod';

/** A group of nodes as `/cluster/api/groups` shows it. */
export const GroupView = z.object({
  role: GroupRole,
  min: z.number().int(),
  max: z.number().int(),
  /** How many nodes there should be. */
  desired: z.number().int(),
  /** Grows with each rolling restart that is asked for. */
  revision: z.number().int(),
  /** Nodes that serve. */
  running: z.number().int(),
  /** Nodes of an older revision, which a rolling restart has still to exchange. */
  outdated: z.number().int(),
  /** The places for nodes that aren't empty. */
  slots: z.array(Slot),
});
export type GroupView = z.infer<typeof GroupView>;

/** Puts together what is wanted and what the fleet says there is. */
export function groupViews(groups: readonly NodeGroup[], slots: readonly Slot[]): GroupView[] {
  return groups.map((group) => {
    const own = slots.filter(({ role }) => role === group.role);
    return {
      ...group,
      running: own.filter(({ state }) => state === 'running').length,
      outdated: own.filter(({ pid, revision }) => pid !== null && revision < group.revision).length,
      slots: own,
    };
  });
}

/** Why a group can't have so many nodes; undefined if it can. */
export function refuseSize(
  { min, max, role }: Pick<NodeGroup, 'min' | 'max' | 'role'>,
  desired: number,
): string | undefined {
  if (desired >= min && desired <= max) return undefined;
  return `desired: a cluster has ${min} to ${max} ${names[role]}`;
}

const names: Record<GroupRole, string> = { master: 'masters', media: 'media nodes' };
