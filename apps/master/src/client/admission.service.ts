import { Injectable } from '@nestjs/common';
import { RequestError } from '../request-error.js';
import { Backlog } from '../turns/backlog.js';
import { Turns } from '../turns/turns.js';

/** How many come in side by side: what a busy core carries out without being late for anything else. */
const atOnce = 16;
/** How many may wait here, by what they want: who comes back finds room where a new one is sent away. */
const mayWait = { resume: 48, join: 16 } as const;

/**
 * Lets clients in. When hundreds come at once, because their master died, this master serves as many as it can, keeps
 * some waiting, and tells the rest when to come again.
 */
@Injectable()
export class AdmissionService {
  readonly #turns = new Turns(atOnce);
  readonly #backlog = new Backlog(atOnce);

  /** @throws RequestError `RATE_LIMITED` with the time to come again; what `act` throws */
  async admit<T>(urgency: keyof typeof mayWait, act: () => Promise<T>): Promise<T> {
    const { waiting: ahead } = this.#turns;
    if (ahead >= mayWait[urgency]) {
      const retryAfterMs = this.#backlog.sendAway({ ahead, now: performance.now() });
      throw new RequestError('RATE_LIMITED', 'too many clients come in at once', { retryAfterMs });
    }
    return this.#turns.run(urgency, async () => {
      const started = performance.now();
      try {
        return await act();
      } finally {
        this.#backlog.served(performance.now() - started);
      }
    });
  }
}
