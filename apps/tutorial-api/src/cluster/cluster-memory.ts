import type { ClusterNode } from './cluster-node.js';

/** Milliseconds for which an old view is better than none. */
const keptMs = 600_000;

/** The nodes as they were when a master answered last: what there is to show while none does. */
export class ClusterMemory {
  #nodes: ClusterNode[] | undefined;
  #readAt = 0;

  remember(nodes: ClusterNode[], now: number): void {
    this.#nodes = nodes;
    this.#readAt = now;
  }

  /** `undefined`: nothing is known, or it is too old. */
  recall(now: number): { nodes: ClusterNode[]; ageMs: number } | undefined {
    const ageMs = now - this.#readAt;
    return this.#nodes && ageMs <= keptMs ? { nodes: this.#nodes, ageMs } : undefined;
  }
}
