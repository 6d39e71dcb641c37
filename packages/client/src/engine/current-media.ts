import type { MediaSession } from '../media/media-session.js';
import { RequestDroppedError } from '../signal/signal-error.js';

/** How often one thing is set up again because the media went elsewhere meanwhile. */
const maxTurns = 5;

/** The media session that counts now, and those before it that something still hangs on. */
export class CurrentMedia {
  #session: MediaSession | undefined;
  readonly #older = new Set<MediaSession>();

  /** Puts `next` into its place; what came before lives on until {@link closeOlder}. */
  replace(next: MediaSession): void {
    this.#session?.retire();
    if (this.#session) this.#older.add(this.#session);
    this.#session = next;
  }

  /** @throws {RequestDroppedError} there is none (any more) */
  get session(): MediaSession {
    if (!this.#session) throw new RequestDroppedError('ended');
    return this.#session;
  }

  get known(): MediaSession | undefined {
    return this.#session;
  }

  /** What is sent or received somewhere: the session that counts and those before it. */
  get all(): MediaSession[] {
    return this.#session ? [this.#session, ...this.#older] : [];
  }

  /**
   * Does something with the media session, and again if another one took its place meanwhile: be it that it failed for
   * that reason, or that it was done where it counts no more.
   */
  async with<T>(act: (session: MediaSession) => Promise<T>): Promise<T> {
    for (let turn = 1; ; turn += 1) {
      const session = this.session;
      const isLast = () => turn >= maxTurns || this.#session === session || !this.#session;
      try {
        const result = await act(session);
        if (isLast()) return result;
      } catch (error) {
        if (isLast()) throw error;
      }
    }
  }

  /** Something is still sent over what came before. */
  get olderSends(): boolean {
    return [...this.#older].some((session) => session.isConnected('send'));
  }

  /** Nothing is sent any more over what came before. */
  closeOlderSending(): void {
    for (const session of this.#older) session.closeSending();
  }

  /** Closes what came before, but for sessions whose tracks are still shown. */
  closeOlder(isShown: (session: MediaSession) => boolean): void {
    for (const session of this.#older) {
      if (isShown(session)) continue;
      this.#older.delete(session);
      session.close();
    }
  }

  close(): void {
    for (const session of this.all) session.close();
    this.#older.clear();
    this.#session = undefined;
  }
}
