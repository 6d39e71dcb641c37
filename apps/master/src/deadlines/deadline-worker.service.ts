import { ClusterError, type Deadline, SessionStore, StateGate } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MediaService } from '../media/media.service.js';
import { MovesService } from '../moving/moves.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { expire } from '../sessions/domain/end.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { DeadlineGate } from './domain/deadline-gate.js';

/** Milliseconds between two looks. */
const intervalMs = 500;
const atOnce = 100;

/** Works off what is due: connections that didn't come back, tokens and sessions that nobody used, moves that took long. */
@Injectable()
export class DeadlineWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #gate: DeadlineGate;
  #timer: NodeJS.Timeout | undefined;
  #working = false;

  constructor(
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly moves: MovesService,
    private readonly surroundings: SurroundingsService,
    state: StateGate,
  ) {
    state.onShut(() => this.#gate.stateAway());
    this.#gate = new DeadlineGate(surroundings.config.EVERCALL_GRACE_MS);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#look(), intervalMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      const due = await this.store.due(atOnce, this.surroundings.config.EVERCALL_GRACE_MS);
      if (!this.#gate.stateAnswered(this.surroundings.clock())) return;
      for (const deadline of due) await this.#work(deadline);
    } catch (error) {
      this.#gate.stateAway();
      this.surroundings.logger.debug({ err: error }, 'deadlines wait');
    } finally {
      this.#working = false;
    }
  }

  async #work(deadline: Deadline): Promise<void> {
    const { logger } = this.surroundings;
    try {
      if (deadline.kind === 'moveEnd') {
        await this.moves.expire(deadline);
        return;
      }
      const changed = await this.changer.change(deadline, expire(deadline));
      if (!changed) return;
      const { connectionIds, sessionEnded } = changed.result;
      if (connectionIds.length === 0 && !sessionEnded) return;
      logger.info({ ...deadline, sessionEnded }, 'deadline passed');
      await this.media.afterEnd(changed.state, changed.result);
    } catch (error) {
      const over =
        error instanceof RequestError && ['SESSION_NOT_FOUND', 'CONNECTION_ENDED'].includes(error.code);
      if (over) await this.store.dropDeadline(deadline);
      else if (error instanceof ClusterError && error.code === 'STATE_UNAVAILABLE') throw error;
      else logger.debug({ err: error, ...deadline }, 'another master works this deadline off');
    }
  }
}
