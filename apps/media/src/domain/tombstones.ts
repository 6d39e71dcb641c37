import type { Leg, SessionId } from './leg-order.js';
import { isAfter } from './leg-order.js';

interface Tombstone {
  leg: Leg;
  /** When it was left, in milliseconds of the clock that the caller uses. */
  at: number;
  /** It ended without anybody having wished so, and nobody has taken note of it yet. */
  lost: boolean;
}

/** How long tombstones are kept, and how many. */
export interface TombstoneLimits {
  /** Milliseconds that a tombstone stays. */
  keepMs: number;
  /** Sessions that are remembered at most; past it the oldest tombstone goes first. */
  most: number;
}

/**
 * Remembers, for each session, the highest leg that ended here. One mark per session is enough: whatever is not
 * higher has ended too, or was overtaken before it could be opened.
 */
export class Tombstones {
  readonly #limits: TombstoneLimits;
  /** In the order in which the marks were left: the oldest is first. */
  readonly #marks = new Map<SessionId, Tombstone>();

  constructor(limits: TombstoneLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#marks.size;
  }

  /**
   * Leaves the mark of a leg that ended, and forgets what is too old or too much.
   *
   * @param how - `lost`: nobody wished its end; a later, wished end of the same leg takes note of that.
   */
  leave(leg: Leg, now: number, how: 'wished' | 'lost' = 'wished'): void {
    const known = this.#marks.get(leg.sessionId);
    const mark = known !== undefined && isAfter(known.leg, leg) ? known : { leg, lost: how === 'lost' };
    this.#marks.delete(leg.sessionId);
    this.#marks.set(leg.sessionId, { ...mark, at: now });
    this.#forget(now);
  }

  /** Legs that were lost, and that nobody has taken note of. */
  lost(now: number): Leg[] {
    return [...this.#marks.values()]
      .filter((mark) => mark.lost && now - mark.at <= this.#limits.keepMs)
      .map(({ leg }) => leg);
  }

  /** Whether the leg, or a higher one of its session, ended here. */
  covers(leg: Leg, now: number): boolean {
    const mark = this.#marks.get(leg.sessionId);
    if (mark === undefined || now - mark.at > this.#limits.keepMs) return false;
    return !isAfter(leg, mark.leg);
  }

  #forget(now: number): void {
    for (const [sessionId, mark] of this.#marks) {
      const expired = now - mark.at > this.#limits.keepMs;
      if (!expired && this.#marks.size <= this.#limits.most) return;
      this.#marks.delete(sessionId);
    }
  }
}
