import type { NodeGroup } from '@evercall/cluster';
import type { SlotMemory } from './slot-memory.js';

const rank = { dead: 0, backoff: 0, starting: 1, running: 2, draining: 3 } as const;

/**
 * Order in which nodes of a group are given up: those that don't run, then old ones of a rolling restart, then those that
 * don't serve yet, then the least loaded, then the youngest.
 */
export function bySurplus({ revision }: NodeGroup): (a: SlotMemory, b: SlotMemory) => number {
  const isNew = (slot: SlotMemory): number => (slot.pid === null || slot.revision >= revision ? 1 : 0);
  return (a, b) =>
    Number(a.pid !== null) - Number(b.pid !== null) ||
    isNew(a) - isNew(b) ||
    rank[a.state] - rank[b.state] ||
    a.load - b.load ||
    b.launchedAt - a.launchedAt ||
    // Of those that were launched together, the first places are kept.
    b.name.localeCompare(a.name, 'en', { numeric: true });
}
