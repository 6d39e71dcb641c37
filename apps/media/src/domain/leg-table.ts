import { legKey } from '@evercall/media-protocol';
import { MediaError } from '../errors/media-error.js';
import { isAfter, type Leg, type SessionId } from './leg-order.js';
import { type TombstoneLimits, Tombstones } from './tombstones.js';

/**
 * The legs that are open on this media node, each with what belongs to it, and the rules about them:
 *
 * - Only an opening creates a leg. Everything else on a leg that isn't open is refused.
 * - A leg that ended, in whatever way, never comes back; nor does one that a higher ended leg overtook.
 * - Opening a higher leg leaves a lower open one of the same session in place: a planned move needs both.
 * - A leg that isn't open and is lower than an open one is outdated.
 */
export class LegTable<Media> {
  readonly #tombstones: Tombstones;
  readonly #open = new Map<SessionId, Map<string, { leg: Leg; media: Media }>>();

  constructor(limits: TombstoneLimits) {
    this.#tombstones = new Tombstones(limits);
  }

  /** What belongs to the leg, or nothing if it isn't open. */
  find(leg: Leg): Media | undefined {
    return this.#open.get(leg.sessionId)?.get(legKey(leg))?.media;
  }

  /**
   * What belongs to an open leg.
   *
   * @throws MediaError LEG_CLOSED, LEG_OUTDATED or LEG_UNKNOWN if it isn't open.
   */
  get(leg: Leg, now: number): Media {
    const media = this.find(leg);
    if (media !== undefined) return media;
    this.assertMayOpen(leg, now);
    throw new MediaError('LEG_UNKNOWN', `leg ${legKey(leg)} is not open here`);
  }

  /**
   * Whether a leg that isn't open may be opened.
   *
   * @throws MediaError LEG_CLOSED or LEG_OUTDATED if it may not.
   */
  assertMayOpen(leg: Leg, now: number): void {
    if (this.#tombstones.covers(leg, now)) {
      throw new MediaError('LEG_CLOSED', `leg ${legKey(leg)} ended here and can't come back`);
    }
    const newer = this.#legsOf(leg.sessionId).find((open) => isAfter(open, leg));
    if (newer !== undefined) {
      throw new MediaError('LEG_OUTDATED', `leg ${legKey(leg)} is outdated: ${legKey(newer)} is open here`);
    }
  }

  /** Adds an opened leg. The caller has asked `assertMayOpen` in the same turn. */
  add(leg: Leg, media: Media): void {
    const legs = this.#open.get(leg.sessionId) ?? new Map<string, { leg: Leg; media: Media }>();
    legs.set(legKey(leg), { leg, media });
    this.#open.set(leg.sessionId, legs);
  }

  /** Ends a leg, open or never heard of, and leaves its tombstone. Gives back what belonged to it. */
  end(leg: Leg, now: number, how: 'wished' | 'lost' = 'wished'): Media | undefined {
    const media = this.find(leg);
    const legs = this.#open.get(leg.sessionId);
    legs?.delete(legKey(leg));
    if (legs?.size === 0) this.#open.delete(leg.sessionId);
    this.#tombstones.leave(leg, now, how);
    return media;
  }

  /** Everything that belongs to open legs. */
  all(): Media[] {
    return [...this.#open.values()].flatMap((legs) => [...legs.values()].map(({ media }) => media));
  }

  /** Legs that were lost here and that no command has closed since. */
  lost(now: number): Leg[] {
    return this.#tombstones.lost(now);
  }

  #legsOf(sessionId: SessionId): Leg[] {
    return [...(this.#open.get(sessionId)?.values() ?? [])].map(({ leg }) => leg);
  }
}
