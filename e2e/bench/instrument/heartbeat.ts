import type { Session } from '@evercall/client';

const signalType = 'heartbeat';
const pauseMs = 20;

/**
 * Signals to oneself, one after the other: each takes the whole way to a master, into the session's log and back. When
 * they come is when signalling works.
 */
export class Heartbeat {
  readonly #session: () => Session | undefined;
  #arrivals: number[] = [];

  constructor(session: () => Session | undefined) {
    this.#session = session;
    void this.#run();
  }

  /** Hears the heartbeats of a session. */
  listen(session: Session): void {
    session.on(`signal:${signalType}`, () => {
      this.#arrivals.push(performance.timeOrigin + performance.now());
    });
  }

  /** Forgets all but the last arrival. */
  forget(): void {
    this.#arrivals = this.#arrivals.slice(-1);
  }

  collect(): number[] {
    return this.#arrivals;
  }

  async #run(): Promise<never> {
    for (;;) {
      const session = this.#session();
      const own = session?.connection;
      if (session && own) {
        // A session that ends refuses what still waits; the next round finds the one that follows.
        await session.signal({ type: signalType, to: [own] }).catch(() => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
