import { isForClients, isInAudience, type LogEntry } from '@evercall/cluster';
import {
  type ConnectionEndReason,
  type ConnectionId,
  comparePositions,
  type Position,
  type PositionedEvent,
} from '@evercall/protocol';

/** Where a member's events go. */
export interface FeedOutlet {
  events(events: PositionedEvent[]): void;
  position(position: Position): void;
  /** The session's media is on another media node. `planned`: the one before still carries it. */
  moved(generation: number, planned: boolean): void;
  /** The session's media is gone, and there is no place for it yet. */
  mediaLost(generation: number): void;
  /** The own connection is over. */
  ended(reason: ConnectionEndReason): void;
  /** Events can't be told any more: the member must be told how things are, and then be started from there. */
  fellBehind(): void;
}

/**
 * One socket's part in a session's events. It holds back until the answer that it waits for stands for a place in the
 * log; then it gives what comes after that place.
 */
export class FeedMember {
  readonly connectionId: ConnectionId;
  readonly #outlet: FeedOutlet;
  #position: Position | undefined;
  #waiting: LogEntry[] = [];
  #told: Position | undefined;
  /** Only what stands for this place or a later one may be gone on from. */
  #atLeast: Position | undefined;

  constructor(connectionId: ConnectionId, outlet: FeedOutlet) {
    this.connectionId = connectionId;
    this.#outlet = outlet;
  }

  /** The answer was sent and stands for `position`: events after it flow. */
  start(position: Position): void {
    this.#position = position;
    this.#told = position;
    if (this.#atLeast && comparePositions(position, this.#atLeast) < 0) {
      this.fellBehind(this.#atLeast);
      return;
    }
    this.#atLeast = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.deliver(waiting);
  }

  deliver(entries: LogEntry[]): void {
    const since = this.#position;
    if (!since) {
      this.#waiting.push(...entries);
      return;
    }
    const news = entries.filter(({ position }) => comparePositions(position, since) > 0);
    const last = news.at(-1);
    if (!last) return;
    this.#position = last.position;
    const mine = news.filter(({ audience }) => isInAudience(audience, this.connectionId));
    const end = mine.find((entry) => this.#endOf(entry) !== undefined);
    this.#give(end ? mine.slice(0, mine.indexOf(end)) : mine);
    const reason = end && this.#endOf(end);
    if (reason) this.#outlet.ended(reason);
  }

  /** Tells the client how far the log is, if it was told less. */
  tellPosition(): void {
    if (!this.#position || (this.#told && comparePositions(this.#told, this.#position) >= 0)) return;
    this.#told = this.#position;
    this.#outlet.position(this.#position);
  }

  /** There is nothing for anybody up to there. */
  advance(head: Position): void {
    if (this.#position && comparePositions(head, this.#position) > 0) this.#position = head;
  }

  /**
   * What stands between the member and this head is lost. Holds back until it is started from there or later.
   *
   * @param entries what is still there of it: a snapshot tells what became of all but what was said
   */
  fellBehind(head: Position, entries: LogEntry[] = []): void {
    this.#atLeast = head;
    if (!this.#position) return;
    this.#position = undefined;
    this.#giveWhatWasSaid(entries);
    this.#outlet.fellBehind();
  }

  /** Starts from a snapshot, which `tell` tells. What was said before it and was held back is given first. */
  startAnew(position: Position, tell: () => void): void {
    this.#giveWhatWasSaid(this.#waiting.filter((entry) => comparePositions(entry.position, position) <= 0));
    tell();
    this.start(position);
  }

  #giveWhatWasSaid(entries: LogEntry[]): void {
    const mine = entries.filter(({ audience }) => isInAudience(audience, this.connectionId));
    this.#give(mine.filter(({ event }) => event.type === 'signal' || event.type === 'app'));
  }

  /** Events in order; what is for masters only is acted on here. */
  #give(entries: LogEntry[]): void {
    const events = entries.flatMap(({ position, event }) =>
      isForClients(event) ? [{ position, event }] : [],
    );
    if (events.length > 0) {
      this.#outlet.events(events);
      this.#told = events.at(-1)?.position;
    }
    const moved = entries.findLast(({ event }) => event.type === 'placementChanged')?.event;
    if (moved?.type !== 'placementChanged') return;
    if (moved.mediaNodeId) this.#outlet.moved(moved.generation, moved.planned);
    else this.#outlet.mediaLost(moved.generation);
  }

  #endOf({ event }: LogEntry): ConnectionEndReason | undefined {
    if (event.type === 'sessionClosed') return event.reason;
    return event.type === 'connectionDestroyed' && event.connectionId === this.connectionId
      ? event.reason
      : undefined;
  }
}
