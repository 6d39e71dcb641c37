import type { LossCause, NodeRecord, RegisteredNode } from '@evercall/cluster';
import { Injectable } from '@nestjs/common';
import { NodesInDoubt } from '../node/nodes-in-doubt.js';
import { NodeWatch } from './domain/node-watch.js';

/** How many lost nodes are remembered. */
const keepLost = 100;

/** A node that this master holds for dead. */
export interface KnownLoss {
  record: NodeRecord;
  /** Absent if another master found out. */
  cause?: LossCause;
  /** Milliseconds since 1970, when this master found out. */
  at: number;
}

/** All other nodes as this master knows them, kept in memory: it knows its peers also while the shared state is away. */
@Injectable()
export class KnownNodes {
  readonly #nodes = new Map<string, RegisteredNode>();
  readonly #watches = new Map<string, NodeWatch>();
  readonly #lost = new Map<string, KnownLoss>();

  constructor(private readonly inDoubt: NodesInDoubt) {}

  /** What the registry holds now. */
  remember(nodes: RegisteredNode[]): void {
    this.#nodes.clear();
    for (const node of nodes) this.#nodes.set(node.record.id, node);
    for (const id of this.#watches.keys()) if (!this.#nodes.has(id)) this.forget(id);
  }

  /** The node is gone: it left, or it is lost. */
  forget(id: string): void {
    this.#watches.delete(id);
    this.#nodes.delete(id);
    this.inDoubt.delete(id);
  }

  get(id: string): RegisteredNode | undefined {
    return this.#nodes.get(id);
  }

  all(): RegisteredNode[] {
    return [...this.#nodes.values()];
  }

  /** Other masters. */
  peers(own: string): NodeRecord[] {
    return this.all().flatMap(({ record }) =>
      record.role === 'master' && record.id !== own ? [record] : [],
    );
  }

  /** What was seen of a node; begins with nothing. */
  watch(id: string): NodeWatch {
    const known = this.#watches.get(id);
    if (known) return known;
    const watch = new NodeWatch();
    this.#watches.set(id, watch);
    return watch;
  }

  /** To be called whenever something was seen of a node. */
  noteDoubt(id: string): void {
    if (this.#watches.get(id)?.inDoubt) this.inDoubt.add(id);
    else this.inDoubt.delete(id);
  }

  /** @returns whether that is news */
  foundDead(loss: KnownLoss): boolean {
    const { id } = loss.record;
    if (this.#lost.has(id)) return false;
    this.#lost.set(id, loss);
    const [oldest] = this.#lost.keys();
    if (this.#lost.size > keepLost && oldest) this.#lost.delete(oldest);
    return true;
  }

  /** Another master has declared a node lost. */
  heardOfLoss(id: string, at: number): void {
    const record = this.#nodes.get(id)?.record;
    if (record) this.foundDead({ record, at });
    this.forget(id);
  }

  isDead(id: string): boolean {
    return this.#lost.has(id);
  }

  lost(): KnownLoss[] {
    return [...this.#lost.values()];
  }
}
