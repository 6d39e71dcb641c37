/** Measurements that are remembered. */
const memory = 10;
/** Of the last three measurements, how many must be loud to begin. */
const loudToBegin = 2;

/**
 * Decides from loudness whether somebody speaks: begins quickly, and ends only after a second of silence (at one
 * measurement in 100 ms), so that pauses between words don't count.
 */
export class SpeechGate {
  #history: boolean[] = [];
  #speaking = false;

  /** As told last. */
  get speaking(): boolean {
    return this.#speaking;
  }

  /** @returns whether somebody began (`true`) or stopped (`false`) to speak; `undefined` for no change */
  measure(loud: boolean): boolean | undefined {
    this.#history = [...this.#history, loud].slice(-memory);
    const recentlyLoud = this.#history.slice(-3).filter(Boolean).length;
    if (!this.#speaking && loud && recentlyLoud >= loudToBegin) {
      this.#speaking = true;
      return true;
    }
    if (this.#speaking && this.#history.length === memory && !this.#history.includes(true)) {
      this.#speaking = false;
      return false;
    }
    return undefined;
  }
}
