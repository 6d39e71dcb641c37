import type { MediaSession } from '../media/media-session.js';
import { RequestDroppedError } from '../signal/signal-error.js';

/** How often one thing is set up again because the media went elsewhere meanwhile. */
const maxTurns = 5;

/** The media session that counts now. */
export class CurrentMedia {
  #session: MediaSession | undefined;

  /** Puts `next` into its place; the caller closes the old one, once nothing shows its tracks any more. */
  replace(next: MediaSession): MediaSession | undefined {
    const old = this.#session;
    this.#session = next;
    return old;
  }

  /** @throws {RequestDroppedError} there is none (any more) */
  get session(): MediaSession {
    if (!this.#session) throw new RequestDroppedError('ended');
    return this.#session;
  }

  get known(): MediaSession | undefined {
    return this.#session;
  }

  /** Does something with the media session, and again if another one took its place meanwhile. */
  async with<T>(act: (session: MediaSession) => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn += 1) {
      const session = this.session;
      try {
        return await act(session);
      } catch (error) {
        if (turn >= maxTurns || this.#session === session || !this.#session) throw error;
      }
    }
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }
}
