import { setTimeout as sleep } from 'node:timers/promises';
import { activeConnection, type SessionState, SessionStore } from '@evercall/cluster';
import { ConnectionEndReason, type Snapshot } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { snapshotFor } from '../sessions/domain/snapshot.js';
import { isStateAway } from '../sessions/session-changer.js';
import type { Member } from './member.js';
import { ServingService } from './serving.service.js';

/** Milliseconds; upper end of the jittered wait between two tries. */
const longestWaitMs = 1000;

/** How things are for a member who can't be told what happened, or why it is over. */
export type Resync =
  | { snapshot: Snapshot; placement: SessionState['placement'] }
  | { ended: ConnectionEndReason };

/** Tells a member on its living socket how things are when its events can't be told any more. */
@Injectable()
export class ResyncingService {
  constructor(
    private readonly store: SessionStore,
    private readonly serving: ServingService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Tries until the shared state answers.
   *
   * @param isWanted the member's socket is still there
   * @returns `undefined` if the socket went meanwhile, or the state can't be read
   */
  async resync(member: Member, isWanted: () => boolean): Promise<Resync | undefined> {
    const { config, logger } = this.surroundings;
    const { sessionId, life, connectionId } = member;
    for (let attempt = 0; isWanted(); attempt += 1) {
      try {
        const state = await this.store.read(sessionId, life);
        const own = state && activeConnection(state, connectionId);
        if (!own) {
          const error = await this.serving.ended(member, state);
          if (error.retryable) throw error;
          return { ended: ConnectionEndReason.parse(error.details.reason) };
        }
        const videoSimulcast = config.OPENVIDU_WEBRTC_SIMULCAST;
        logger.info({ sessionId, life, connectionId, position: state.head }, 'connection told anew');
        return { snapshot: snapshotFor(state, own, { videoSimulcast }), placement: state.placement };
      } catch (error) {
        if (!isStateAway(error)) {
          logger.error({ err: error, sessionId, life, connectionId }, 'no snapshot for a connection');
          return undefined;
        }
      }
      await sleep(Math.random() * Math.min(longestWaitMs, 50 * 2 ** attempt), undefined, { ref: false });
    }
    return undefined;
  }
}
