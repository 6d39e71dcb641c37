import { type SessionState, SessionStore } from '@evercall/cluster';
import type { Params, Result } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { resultOf } from '../media/answers.js';
import { MediaService } from '../media/media.service.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { MovesService } from '../moving/moves.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { callerOf } from '../sessions/domain/caller.js';
import type { Member } from './member.js';
import { ServingService } from './serving.service.js';

/** A connection's WebRTC transports. */
@Injectable()
export class TransportsService {
  constructor(
    private readonly store: SessionStore,
    private readonly media: MediaService,
    private readonly moves: MovesService,
    private readonly serving: ServingService,
    private readonly metrics: MetricsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async connect(
    member: Member,
    { direction, generation, dtlsParameters }: Params<'connectTransport'>,
  ): Promise<void> {
    const { connectionId } = member;
    const [answer] = await this.media.command(
      await this.#state(member),
      [{ name: 'connectTransport', params: { connectionId, direction, dtlsParameters } }],
      generation,
    );
    resultOf('connectTransport', answer);
  }

  async restartIce(
    member: Member,
    { direction, generation }: Params<'restartIce'>,
  ): Promise<Result<'restartIce'>> {
    const { connectionId } = member;
    const [answer] = await this.media.command(
      await this.#state(member),
      [{ name: 'restartIce', params: { connectionId, direction } }],
      generation,
    );
    return resultOf('restartIce', answer);
  }

  /** A client receives and sends at the new place of its session's media. */
  async moveDone(member: Member, { generation, audioMs, videoMs }: Params<'moveDone'>): Promise<void> {
    const { sessionId, life, connectionId } = member;
    const { placement } = await this.#state(member);
    const cause = placement?.legs.find((leg) => leg.generation === generation)?.cause;
    if (cause) this.metrics.recovery.mediaInterrupted(cause, { audioMs, videoMs });
    this.surroundings.logger.info(
      { sessionId, life, connectionId, generation, cause, audioMs, videoMs },
      'connection moved',
    );
    await this.moves.done(member, generation);
  }

  async #state(member: Member): Promise<SessionState> {
    const state = await this.store.read(member.sessionId, member.life);
    if (!state || state.ended) throw await this.serving.ended(member, state);
    callerOf(state, member);
    return state;
  }
}
