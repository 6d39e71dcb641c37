import type { Evidence } from '@evercall/cluster';

/** What this master has seen of one other node. Times are milliseconds of a monotonic clock. */
export class NodeWatch {
  #linkClosedAt: number | undefined;
  #lastConnect: Evidence['lastConnect'];
  #otherIncarnation: string | undefined;
  #failingSince: number | undefined;

  /** The link to it is down, as far as is known. */
  get isLinkDown(): boolean {
    return this.#linkClosedAt !== undefined;
  }

  linkUp(): void {
    this.#linkClosedAt = undefined;
    this.#lastConnect = undefined;
    this.#failingSince = undefined;
  }

  linkDown(now: number): void {
    this.#linkClosedAt ??= now;
  }

  connectTried(outcome: Evidence['lastConnect']): void {
    this.#lastConnect = outcome;
  }

  /** Somebody answered at its address. */
  answered(id: string, own: string): void {
    this.#failingSince = undefined;
    this.#otherIncarnation = id === own ? undefined : id;
  }

  /** Nobody answered a probe that was sent at `since`. */
  unanswered(since: number): void {
    this.#failingSince ??= since;
  }

  /** For how long probes have failed without a break, in ms. */
  failingMs(now: number): number {
    return this.#failingSince === undefined ? 0 : now - this.#failingSince;
  }

  evidence(): Pick<Evidence, 'linkClosedAt' | 'lastConnect' | 'otherIncarnation'> {
    return {
      linkClosedAt: this.#linkClosedAt,
      lastConnect: this.#lastConnect,
      otherIncarnation: this.#otherIncarnation,
    };
  }
}
