import type { LifeCopy, LifeMemory, LifeRef, LogEntry } from '@evercall/cluster';
import type { ConnectionEndReason, ConnectionId } from '@evercall/protocol';

/** How many of the latest events are remembered. */
const longestTail = 64;
/** How many ends of connections are remembered. */
const mostEnds = 500;

/** What this master remembers of one life that it serves, or has served lately. */
export class MirroredLife {
  readonly ref: LifeRef;
  /** Connections with their socket here. */
  readonly local = new Set<ConnectionId>();
  /** Those whose subscriptions must be read. */
  readonly unread = new Set<ConnectionId>();
  readonly #ended = new Map<ConnectionId, ConnectionEndReason>();
  readonly #subscriptions = new Map<ConnectionId, Record<string, string>>();
  #tail: LogEntry[] = [];
  #copy: LifeCopy | undefined;
  #keepUntil = Number.POSITIVE_INFINITY;

  constructor(ref: LifeRef) {
    this.ref = ref;
  }

  /** `undefined` before it was read for the first time. */
  get memory(): LifeMemory | undefined {
    const copy = this.#copy;
    return copy && { copy, ended: this.#ended, tail: this.#tail, subscriptions: this.#subscriptions };
  }

  isOver(now: number): boolean {
    return now >= this.#keepUntil;
  }

  enter(connectionId: ConnectionId): void {
    this.local.add(connectionId);
    this.unread.add(connectionId);
    if (this.#copy?.isOpen !== false) this.#keepUntil = Number.POSITIVE_INFINITY;
  }

  /** @param until when nothing needs to be known of it any more, if this was its last socket here */
  leave(connectionId: ConnectionId, until: number): void {
    this.local.delete(connectionId);
    this.unread.delete(connectionId);
    this.#subscriptions.delete(connectionId);
    if (this.local.size === 0) this.#keepUntil = until;
  }

  /** It was read. @param until when the tombstone needs to be known no more, if it is one */
  learn(copy: LifeCopy, until: number): void {
    const isNews = this.#copy?.isOpen !== false && !copy.isOpen;
    this.#copy = copy;
    if (isNews) this.#keepUntil = until;
  }

  learnSubscriptions(connectionId: ConnectionId, wanted: Record<string, string>): void {
    if (this.local.has(connectionId)) this.#subscriptions.set(connectionId, wanted);
  }

  /** These events were delivered, after those before. */
  delivered(entries: LogEntry[]): void {
    this.#tail = [...this.#tail, ...entries].slice(-longestTail);
    for (const { event } of entries) {
      if (event.type === 'connectionDestroyed') this.ended(event.connectionId, event.reason);
    }
  }

  /** Events are missing: what was delivered before doesn't lead up to what comes. */
  interrupted(): void {
    this.#tail = [];
  }

  ended(connectionId: ConnectionId, reason: ConnectionEndReason): void {
    this.#ended.set(connectionId, reason);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > mostEnds && oldest) this.#ended.delete(oldest);
  }
}
