import type { Session, SessionDisconnectedEvent } from '@evercall/client';
import { Store } from './store.js';

/** Where the taking part stands. */
export type SessionState =
  | { name: 'idle' }
  | { name: 'connecting' }
  | { name: 'connected' }
  /** The connection is being repaired; media may well go on. */
  | { name: 'reconnecting' }
  | { name: 'ended'; reason: SessionDisconnectedEvent['reason'] }
  | { name: 'failed'; error: Error };

/** How a session is joined. */
export interface SessionControllerOptions {
  /** A token, or how to get one; asked at each connect(). The signal is aborted by leave(). */
  getToken: string | ((signal: AbortSignal) => Promise<string>);
  /** Client data of the connection: a string, or anything that is written as JSON. */
  userData?: unknown;
}

/** A session and where it stands. */
export interface SessionValue {
  state: SessionState;
  session: Session | undefined;
}

/** Connects and leaves, one session object at a time. */
export class SessionController {
  readonly store = new Store<SessionValue>({ state: { name: 'idle' }, session: undefined });
  readonly #createSession: () => Session;
  #attempt = new AbortController();

  constructor(createSession: () => Session) {
    this.#createSession = createSession;
  }

  /** Joins; failures show in the state. Does nothing while connecting or connected. */
  async connect(options: SessionControllerOptions): Promise<void> {
    const { name } = this.store.get().state;
    if (name === 'connecting' || name === 'connected' || name === 'reconnecting') return;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.store.set({ state: { name: 'connecting' }, session: undefined });
    try {
      const { getToken, userData } = options;
      const token = typeof getToken === 'string' ? getToken : await getToken(attempt.signal);
      if (attempt.signal.aborted) return;
      const session = this.#createSession();
      this.#follow(session, attempt.signal);
      this.store.patch({ session });
      await session.connect(token, userData);
      if (attempt.signal.aborted) return;
      this.store.patch({ state: { name: 'connected' } });
    } catch (error) {
      if (attempt.signal.aborted) return;
      attempt.abort();
      const failure = error instanceof Error ? error : new Error(String(error));
      this.store.set({ state: { name: 'failed', error: failure }, session: undefined });
    }
  }

  /** Leaves, or gives the joining up. */
  leave(): void {
    if (this.#attempt.signal.aborted) return;
    const { state, session } = this.store.get();
    if (state.name === 'idle' || state.name === 'ended' || state.name === 'failed') return;
    if (session && session.connectionState !== 'idle') session.disconnect();
    this.#attempt.abort();
    this.store.set({ state: { name: 'ended', reason: 'disconnect' }, session: undefined });
  }

  #follow(session: Session, signal: AbortSignal): void {
    const tell = (state: SessionState) => {
      if (!signal.aborted) this.store.patch({ state });
    };
    session.on('reconnecting', () => tell({ name: 'reconnecting' }));
    session.on('reconnected', () => tell({ name: 'connected' }));
    session.on('sessionDisconnected', ({ reason }) => {
      if (signal.aborted) return;
      this.#attempt.abort();
      this.store.set({ state: { name: 'ended', reason }, session: undefined });
    });
  }
}
