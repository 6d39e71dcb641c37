/**
 * Decides whether the observer may judge at all. Lateness counts only after the shared state has answered for a full
 * window, and nothing is judged right after the observer's own event loop stood still.
 */
export class Trust {
  readonly #windowMs: number;
  readonly #stallMs: number;
  #answeringSince: number | undefined;
  #lastTick: number | undefined;
  #stalledAt = Number.NEGATIVE_INFINITY;

  /**
   * @param windowMs how long the shared state must have answered, in ms
   * @param stallMs a gap between two ticks from which on the own event loop counts as stalled, in ms
   */
  constructor({ windowMs, stallMs }: { windowMs: number; stallMs: number }) {
    this.#windowMs = windowMs;
    this.#stallMs = stallMs;
  }

  /** To be called at a steady pace. @param now milliseconds of a monotonic clock */
  tick(now: number): void {
    if (this.#lastTick !== undefined && now - this.#lastTick > this.#stallMs) {
      this.#stalledAt = now;
      // What was heard before the stall says nothing about now.
      this.#answeringSince = undefined;
    }
    this.#lastTick = now;
  }

  /** @param tookMs for how long the answer was waited for; a stalled state says nothing about the time of its stall */
  stateAnswered(now: number, tookMs = 0): void {
    if (tookMs > this.#stallMs) this.#answeringSince = now;
    else this.#answeringSince ??= now;
  }

  stateAway(): void {
    this.#answeringSince = undefined;
  }

  /** Heartbeats may be called late. */
  mayJudgeLateness(now: number): boolean {
    const since = this.#answeringSince;
    return since !== undefined && now - since >= this.#windowMs && this.mayJudge(now);
  }

  /** Anything may be judged. */
  mayJudge(now: number): boolean {
    return now - this.#stalledAt >= this.#windowMs;
  }
}
