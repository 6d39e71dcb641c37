/** Milliseconds that a disconnected transport gets to come back by itself. */
const patienceMs = 1500;
/** Milliseconds after a restart in which it must have connected. */
const verdictMs = 4000;
/** Restarts in a row before the transport is told to have failed; it is tried on nevertheless. */
const restartsUntilFailed = 3;
const longestPauseMs = 8000;

export type LinkState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface IceRestarterOptions {
  /** Fetches new ICE parameters and uses them. */
  restart: () => Promise<void>;
  /** The transport didn't come back for a while. */
  onFailed: () => void;
  onError: (error: unknown) => void;
}

/** Brings one transport back that lost its peer: by itself within a moment, else by restarting ICE. */
export class IceRestarter {
  readonly #options: IceRestarterOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #restarts = 0;

  constructor(options: IceRestarterOptions) {
    this.#options = options;
  }

  /** The transport's state changed. */
  changed(state: LinkState): void {
    switch (state) {
      case 'connected':
        this.#restarts = 0;
        clearTimeout(this.#timer);
        break;
      case 'disconnected':
        this.#later(patienceMs);
        break;
      case 'failed':
        this.#later(this.#restarts === 0 ? 0 : Math.min(longestPauseMs, 500 * 2 ** this.#restarts));
        break;
      case 'closed':
        clearTimeout(this.#timer);
        break;
      case 'new':
      case 'connecting':
        break;
    }
  }

  /** Ends it; the transport is closed. */
  close(): void {
    clearTimeout(this.#timer);
  }

  /** Restarts now: the application asked for it. */
  async now(): Promise<void> {
    this.#restarts += 1;
    this.#later(verdictMs + Math.min(longestPauseMs, 500 * 2 ** this.#restarts));
    await this.#options.restart();
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#restarts === restartsUntilFailed) this.#options.onFailed();
      this.now().catch((error: unknown) => this.#options.onError(error));
    }, ms);
  }
}
