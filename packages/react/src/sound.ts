import { Store } from './store.js';

/** What is known of the sound of the page. */
export interface SoundValue {
  /** Audio output device; `undefined`: the browser's own choice. */
  sinkId: string | undefined;
  /** The browser keeps something from playing until the user touches the page. */
  isBlocked: boolean;
}

interface Held {
  play: () => Promise<void>;
  gone: boolean;
}

/** Where all tiles play their sound, and those which the browser holds back. */
export class Sound {
  readonly store = new Store<SoundValue>({ sinkId: undefined, isBlocked: false });
  readonly #held = new Set<Held>();

  /** A tile was held back; `play` starts it inside of a click. The returned function takes it back. */
  hold(play: () => Promise<void>): () => void {
    const held = { play, gone: false };
    this.#held.add(held);
    this.#tell();
    return () => {
      held.gone = true;
      if (this.#held.delete(held)) this.#tell();
    };
  }

  /** To be called inside of a click: starts all. What is still refused is held back again. */
  open(): void {
    const all = [...this.#held];
    this.#held.clear();
    this.#tell();
    for (const held of all) {
      held.play().catch(() => {
        if (held.gone) return;
        this.#held.add(held);
        this.#tell();
      });
    }
  }

  /** Chooses the audio output device of all tiles. */
  setSinkId(sinkId: string): void {
    if (sinkId !== this.store.get().sinkId) this.store.patch({ sinkId });
  }

  #tell(): void {
    const isBlocked = this.#held.size > 0;
    if (isBlocked !== this.store.get().isBlocked) this.store.patch({ isBlocked });
  }
}

/** Whether this browser lets a page choose where sound is played. */
export function canChooseSink(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
}
