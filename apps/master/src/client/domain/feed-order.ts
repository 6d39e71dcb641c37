import type { LogEntry } from '@evercall/cluster';
import { comparePositions, type Position } from '@evercall/protocol';

/**
 * Puts a session's events in order: gives each once, holds back what comes after a hole until the hole is filled.
 * The channel and the log both feed it.
 */
export class FeedOrder {
  #last: Position;
  /** By sequence. */
  readonly #held = new Map<number, LogEntry>();

  /** @param head place in the log up to which everything counts as delivered */
  constructor(head: Position) {
    this.#last = head;
  }

  /** The place up to which everything was given out. */
  get last(): Position {
    return this.#last;
  }

  /** Something is held back: what stands between is missing, or belongs to another epoch. */
  get hasHole(): boolean {
    return this.#held.size > 0;
  }

  /** Takes entries in any order, also again; gives those that are due now, in order. */
  take(entries: LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      const { epoch, sequence } = entry.position;
      const isNews = comparePositions(entry.position, this.#last) > 0;
      const isNewest = (this.#held.get(sequence)?.position.epoch ?? 0) <= epoch;
      if (isNews && isNewest) this.#held.set(sequence, entry);
    }
    return this.#due();
  }

  /** Takes everything that the log has from the last place up to its head, maybe across epochs; gives what is due. */
  follow(entries: LogEntry[], head: Position): LogEntry[] {
    const news = entries.filter(({ position }) => comparePositions(position, this.#last) > 0);
    if (comparePositions(head, this.#last) > 0) this.jump(head);
    return [...news, ...this.#due()];
  }

  /** The log doesn't reach back: goes on from there. Whoever listens needs a snapshot. */
  jump(head: Position): void {
    this.#last = head;
    for (const [sequence, { position }] of this.#held) {
      if (comparePositions(position, head) <= 0) this.#held.delete(sequence);
    }
  }

  #due(): LogEntry[] {
    const due: LogEntry[] = [];
    for (;;) {
      const next = this.#held.get(this.#last.sequence + 1);
      if (next?.position.epoch !== this.#last.epoch) return due;
      this.#held.delete(next.position.sequence);
      this.#last = next.position;
      due.push(next);
    }
  }
}
