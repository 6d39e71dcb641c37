import type { EventLog, LifeRef, LogEntry } from '@evercall/cluster';
import { type ConnectionId, comparePositions, type Position } from '@evercall/protocol';
import type { Logger } from 'pino';
import type { MirrorService } from '../reassert/mirror.service.js';
import { FeedOrder } from './domain/feed-order.js';
import type { FeedMember } from './feed-member.js';

/** The events of one session's life on this master, delivered to the sockets it has here. */
export class SessionFeed {
  readonly life: LifeRef;
  readonly #log: EventLog;
  readonly #mirror: MirrorService;
  readonly #logger: Logger;
  readonly #members = new Set<FeedMember>();
  /** What came before the first head was known. */
  readonly #early: LogEntry[] = [];
  #order: FeedOrder | undefined;
  #filling: Promise<void> | undefined;

  constructor(
    life: LifeRef,
    { log, mirror, logger }: { log: EventLog; mirror: MirrorService; logger: Logger },
  ) {
    this.life = life;
    this.#log = log;
    this.#mirror = mirror;
    this.#logger = logger;
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Up to where the members have everything. */
  get position(): Position | undefined {
    return this.#order?.last;
  }

  /** The subscription stands and the log ended there then. */
  open(head: Position): void {
    this.#order ??= new FeedOrder(head);
    this.#deliver(this.#order.take(this.#early.splice(0)));
  }

  add(member: FeedMember): void {
    this.#members.add(member);
  }

  /** The connection has a socket here, maybe a newer one than the one that was removed. */
  has(connectionId: ConnectionId): boolean {
    return [...this.#members].some((member) => member.connectionId === connectionId);
  }

  remove(member: FeedMember): void {
    this.#members.delete(member);
  }

  heard(entry: LogEntry): void {
    if (!this.#order) {
      this.#early.push(entry);
      return;
    }
    this.#deliver(this.#order.take([entry]));
    if (this.#order.hasHole) void this.fill();
  }

  /** The log ended there a moment ago: reads what the channel didn't bring, and finds out what was lost. */
  async compare(head: Position): Promise<void> {
    const last = this.#order?.last;
    if (!last) return;
    if (comparePositions(head, last) !== 0) await this.fill();
    for (const member of this.#members) member.tellPosition();
  }

  /** Reads what is missing from the log; one reading at a time. */
  async fill(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
    });
    await this.#filling;
  }

  async #fill(): Promise<void> {
    const order = this.#order;
    if (!order) return;
    try {
      const { entries, head, complete } = await this.#log.readAfter(this.life, order.last);
      // A missing record is never an order.
      if (!head) return;
      if (complete) {
        this.#deliver(order.follow(entries, head));
        for (const member of this.#members) member.advance(head);
        return;
      }
      this.#logger.warn({ ...this.life, from: order.last, head }, 'the event log does not reach back');
      order.jump(head);
      this.#mirror.interrupted(this.life);
      for (const member of this.#members) member.fellBehind(head, entries);
    } catch (error) {
      // The next comparison tries again.
      this.#logger.debug({ err: error, ...this.life }, 'events can not be read now');
    }
  }

  #deliver(entries: LogEntry[]): void {
    if (entries.length === 0) return;
    this.#mirror.delivered(this.life, entries);
    for (const member of this.#members) member.deliver(entries);
  }
}
