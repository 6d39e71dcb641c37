import type { LogEntry } from '@evercall/cluster';
import type { Position } from '@evercall/protocol';

/**
 * Puts a session's events in order: gives each once, holds back what comes after a hole until the hole is filled.
 * The channel and the log both feed it.
 */
export class FeedOrder {
  #last: Position;
  readonly #held = new Map<number, LogEntry>();

  /** @param head place in the log up to which everything counts as delivered */
  constructor(head: Position) {
    this.#last = head;
  }

  /** The place up to which everything was given out. */
  get last(): Position {
    return this.#last;
  }

  /** Something is held back: what stands between is missing. */
  get hasHole(): boolean {
    return this.#held.size > 0;
  }

  /** Takes entries in any order, also again; gives those that are due now, in order. */
  take(entries: LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      const { epoch, sequence } = entry.position;
      if (epoch === this.#last.epoch && sequence > this.#last.sequence) this.#held.set(sequence, entry);
    }
    const due: LogEntry[] = [];
    for (;;) {
      const next = this.#held.get(this.#last.sequence + 1);
      if (!next) return due;
      this.#held.delete(next.position.sequence);
      this.#last = next.position;
      due.push(next);
    }
  }

  /** The log doesn't reach back: goes on from there. Whoever listens needs a snapshot. */
  jump(head: Position): void {
    this.#last = head;
    for (const sequence of this.#held.keys()) if (sequence <= head.sequence) this.#held.delete(sequence);
  }
}
