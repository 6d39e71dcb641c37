import type { Drain, DrainStrategy, NodeState } from '../../nodes/node-record.js';

/** What a node that leaves looks at. */
export interface DrainSight {
  /** Milliseconds since 1970, by the node's own clock. */
  now: number;
  /** What it still serves: sessions of a media node, sockets of a master. */
  work: number;
  /** Other nodes of its role that run and could take its work; `undefined` if that can't be known now. */
  others: number | undefined;
}

/** An order as it arrived with a heartbeat. */
export interface HeardOrder {
  strategy: DrainStrategy;
  /** Milliseconds that are left. */
  leftMs: number;
}

/**
 * A node's own leaving: whether, how and until when. A signal to its process can't be taken back and wins over an order,
 * unless the order is more urgent.
 */
export class OwnDrain {
  #signal: Drain | undefined;
  #order: Drain | undefined;
  #atOnce = false;

  /** `undefined`: it stays. */
  get current(): Drain | undefined {
    if (!this.#signal || !this.#order) return this.#signal ?? this.#order;
    const isUrgent = this.#order.strategy === 'now' || this.#order.deadlineAt < this.#signal.deadlineAt;
    return isUrgent ? this.#order : this.#signal;
  }

  /** Its state in the cluster while it runs. */
  get state(): Extract<NodeState, 'running' | 'terminating' | 'waiting-idle-to-terminate'> {
    const { current } = this;
    if (!current) return 'running';
    return current.strategy === 'when-no-sessions' ? 'waiting-idle-to-terminate' : 'terminating';
  }

  /** A heartbeat was answered, with an order or without. */
  heard(order: HeardOrder | undefined, now: number): void {
    if (!order) {
      this.#order = undefined;
      return;
    }
    const { strategy, leftMs } = order;
    this.#order = { strategy, deadlineAt: Math.round(now + leftMs), by: 'order' };
  }

  /** The process was asked to end: it hands its work over. Asked again, it leaves at once. */
  signalled(now: number, forMs: number): void {
    if (this.#signal) this.#atOnce = true;
    else this.#signal = { strategy: 'move', deadlineAt: now + forMs, by: 'signal' };
  }

  leaveAtOnce(): void {
    this.#atOnce = true;
  }

  /** Why it leaves in this moment; `undefined`: not yet, or not at all. */
  leaves({ now, work, others }: DrainSight): string | undefined {
    const { current } = this;
    if (this.#atOnce) return 'asked to leave at once';
    if (!current) return undefined;
    if (current.strategy === 'now') return 'ordered to leave at once';
    if (work === 0) return 'nothing left to do';
    if (now >= current.deadlineAt) return 'time is up';
    return current.strategy === 'move' && others === 0 ? 'nobody could take its work' : undefined;
  }
}
