import { setTimeout as sleep } from 'node:timers/promises';
import { SessionStore } from '@evercall/cluster';
import type { MediaSetup, RtpCapabilities, ServedBy } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { isStateAway } from '../sessions/session-changer.js';
import type { Member } from './member.js';
import { ServingService } from './serving.service.js';

/** How often a set-up on a new media node is tried, and for how long it waits in between at the most, in ms. */
const attempts = 40;
const longestWaitMs = 500;

/** What a member is told when its media is somewhere else. */
export interface Moved {
  media: MediaSetup;
  servedBy: ServedBy;
  /** The transports of before still carry media. */
  planned: boolean;
}

/** Gives the members of a session that has moved their new transports. */
@Injectable()
export class MovingService {
  constructor(
    private readonly store: SessionStore,
    private readonly media: MediaService,
    private readonly serving: ServingService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * @param options `generation`: where to; `planned`: by a planned move; `isWanted`: the member's socket is still there
   * @returns `undefined` if there is nothing to tell: the session moved on, or the member is gone
   */
  async setUp(
    member: Member,
    options: {
      generation: number;
      planned: boolean;
      rtpCapabilities: RtpCapabilities;
      isWanted: () => boolean;
    },
  ): Promise<Moved | undefined> {
    const { generation, planned, rtpCapabilities, isWanted } = options;
    const { sessionId, life, connectionId } = member;
    const heard = performance.now();
    for (let attempt = 0; attempt < attempts && isWanted(); attempt += 1) {
      try {
        const state = await this.store.read(sessionId, life);
        if (!state || state.ended || state.placement?.legs[0]?.generation !== generation) return undefined;
        const { media, link } = await this.media.setUp(state, connectionId, {
          rtpCapabilities,
          renew: true,
          urgency: 'moved',
        });
        const { servedBy } = await this.serving.answerParts(member, link.node);
        this.surroundings.logger.info(
          { sessionId, life, connectionId, generation, afterMs: Math.round(performance.now() - heard) },
          'connection told to move',
        );
        // Who is told late, after the move's end, has nothing left to keep.
        return isWanted()
          ? { media, servedBy, planned: planned && state.placement.leaving.length > 0 }
          : undefined;
      } catch (error) {
        if (!(isStateAway(error) || (error instanceof RequestError && error.retryable))) {
          this.surroundings.logger.error({ err: error, sessionId, life, connectionId }, 'move failed');
          return undefined;
        }
      }
      await sleep(Math.random() * Math.min(longestWaitMs, 20 * 2 ** attempt));
    }
    return undefined;
  }
}
