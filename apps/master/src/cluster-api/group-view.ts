import type { GroupRole, NodeGroup, Slot } from '@evercall/cluster';

/** A group of nodes as `/cluster/api/groups` shows it. */
export interface GroupView extends NodeGroup {
  /** Nodes that serve. */
  running: number;
  /** Nodes of an older revision, which a rolling restart has still to exchange. */
  outdated: number;
  /** The places for nodes that aren't empty. */
  slots: Slot[];
}

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
