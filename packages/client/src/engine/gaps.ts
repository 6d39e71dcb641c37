import type { MediaKind } from '@evercall/protocol';

/** The longest gaps in what somebody sees and hears while media goes elsewhere, as `moveDone` tells them. */
export class Gaps {
  readonly #longest = new Map<MediaKind, number>();

  /**
   * One track took another's place.
   * @param lastMs when something of the old one was decoded last
   * @param firstMs when something of the new one was decoded
   */
  add(kind: MediaKind, lastMs: number | undefined, firstMs: number | undefined): void {
    if (lastMs === undefined || firstMs === undefined) return;
    const gap = Math.max(0, Math.round(firstMs - lastMs));
    this.#longest.set(kind, Math.max(gap, this.#longest.get(kind) ?? 0));
  }

  /** Milliseconds, by kind; absent if nothing of the kind was received. */
  get longest(): { audioMs?: number; videoMs?: number } {
    const [audioMs, videoMs] = [this.#longest.get('audio'), this.#longest.get('video')];
    return { ...(audioMs === undefined ? {} : { audioMs }), ...(videoMs === undefined ? {} : { videoMs }) };
  }
}
