import type { Evidence } from '@evercall/cluster';

/** Milliseconds for which a node is looked at closely after somebody has said that it is dead. */
const suspicionMs = 3000;

/** What this master has seen of one other node. Times are milliseconds of a monotonic clock. */
export class NodeWatch {
  #linkUp = false;
  #linkClosedAt: number | undefined;
  #lastConnect: Evidence['lastConnect'];
  #otherIncarnation: string | undefined;
  #failingSince: number | undefined;
  #suspectedUntil = Number.NEGATIVE_INFINITY;
  /** It looked dead, and hasn't been heard of since. */
  #alarmed = false;

  /** @returns `falseAlarm` if it looked dead before */
  linkUp(): 'falseAlarm' | undefined {
    this.#linkUp = true;
    this.#linkClosedAt = undefined;
    this.#lastConnect = undefined;
    this.#failingSince = undefined;
    return this.#calmDown();
  }

  linkDown(now: number): void {
    this.#linkUp = false;
    this.#linkClosedAt ??= now;
    this.#alarmed = true;
  }

  /**
   * Somebody says that the node is dead, because a connection to it broke or because it looked for itself. That is a
   * reason to look; it counts as a closed link only for an observer that has no link of its own to go by.
   */
  suspected(now: number): void {
    this.#suspectedUntil = now + suspicionMs;
    if (!this.#linkUp) this.#linkClosedAt ??= now;
  }

  /** Whether it is looked at beyond its heartbeats. */
  needsProbes(now: number): boolean {
    return this.#linkClosedAt !== undefined || this.#failingSince !== undefined || now < this.#suspectedUntil;
  }

  /** It looks dead, nobody knows yet. */
  get inDoubt(): boolean {
    return this.#alarmed;
  }

  connectTried(outcome: Evidence['lastConnect']): void {
    this.#lastConnect = outcome;
  }

  probeSent(now: number): void {
    this.#failingSince ??= now;
  }

  /** A probe wasn't answered in its time. */
  unanswered(): void {
    this.#alarmed = true;
  }

  /**
   * Somebody answered a probe at its address. However late: a slow node is not a dead one.
   *
   * @returns `falseAlarm` if it is the node itself, and looked dead before
   */
  answered(id: string, own: string): 'falseAlarm' | undefined {
    this.#failingSince = undefined;
    this.#otherIncarnation = id === own ? undefined : id;
    return id === own ? this.#calmDown() : undefined;
  }

  /** For how long probes have failed without a break, in ms. */
  failingMs(now: number): number {
    return this.#failingSince === undefined ? 0 : now - this.#failingSince;
  }

  evidence(): Pick<Evidence, 'linkClosedAt' | 'linkUp' | 'lastConnect' | 'otherIncarnation'> {
    return {
      linkClosedAt: this.#linkClosedAt,
      linkUp: this.#linkUp,
      lastConnect: this.#lastConnect,
      otherIncarnation: this.#otherIncarnation,
    };
  }

  #calmDown(): 'falseAlarm' | undefined {
    if (!this.#alarmed) return undefined;
    this.#alarmed = false;
    return 'falseAlarm';
  }
}
