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
  #state: LinkState = 'new';
  #running: Promise<void> | undefined;

  constructor(options: IceRestarterOptions) {
    this.#options = options;
  }

  /** The transport's state changed. */
  changed(state: LinkState): void {
    this.#state = state;
    switch (state) {
      case 'connected':
        this.#restarts = 0;
        clearTimeout(this.#timer);
        break;
      case 'disconnected':
        this.#later(patienceMs);
        break;
      case 'failed':
        this.#later(this.#restarts === 0 ? 0 : this.#pauseMs);
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
    this.#state = 'closed';
    clearTimeout(this.#timer);
  }

  /** Restarts now: the application asked for it, or the network is back. One restart at a time. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#restart().finally(() => {
      this.#running = undefined;
      if (this.#state !== 'connected' && this.#state !== 'closed') this.#later(verdictMs + this.#pauseMs);
    });
    return this.#running;
  }

  /** Without a master it waits for one. */
  async #restart(): Promise<void> {
    this.#restarts += 1;
    await this.#options.restart();
  }

  get #pauseMs(): number {
    return Math.min(longestPauseMs, 500 * 2 ** this.#restarts);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#running) return;
    this.#timer = setTimeout(() => {
      if (this.#restarts === restartsUntilFailed) this.#options.onFailed();
      this.now().catch((error: unknown) => this.#options.onError(error));
    }, ms);
  }
}
