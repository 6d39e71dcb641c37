import { type LifeRef, type MoveCause, type MoveEnd, NodeRegistry, SessionStore } from '@evercall/cluster';
import type { ConnectionId, MediaNodeId, SessionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { chooseMediaNode } from '../media/domain/choose-media-node.js';
import { MediaService } from '../media/media.service.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { endMove, isSettled, markMoved, planMove } from './domain/planned-move.js';

/** Milliseconds that a moved session counts as a promise to its new node. */
const reserveMs = 5000;

/** A session, with `life` that life only. */
interface Target {
  sessionId: SessionId;
  life?: number;
}

/**
 * What became of the wish to move a session: `moving` now; `there`: it is where it should be, or nowhere yet;
 * `under-way`: another move isn't over; `no-room`: no media node can take it.
 */
export type MoveOutcome = 'moving' | 'there' | 'under-way' | 'no-room';

/** Planned moves of sessions between media nodes: make before break. */
@Injectable()
export class MovesService {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly metrics: MetricsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Starts the move of a session.
   *
   * @param options `from`: only if it is on that media node; `to`: the media node that must take it; `cause`: why
   * @throws RequestError `SESSION_NOT_FOUND`, `CONNECTION_ENDED` (the life is over)
   */
  async move(
    target: Target,
    { from, to, cause = 'planned' }: { from?: string; to?: string; cause?: MoveCause } = {},
  ): Promise<MoveOutcome> {
    const state = await this.store.read(target.sessionId, target.life);
    const leg = state?.placement?.legs[0];
    if (!leg || leg.mediaNodeId === to || (from && leg.mediaNodeId !== from)) return 'there';
    if (!isSettled(state?.placement)) return 'under-way';
    const choice = chooseMediaNode(await this.registry.candidates(), {
      generation: leg.generation + 1,
      avoid: leg.mediaNodeId,
      recovery: true,
      cause,
      ...(to ? { wanted: to } : {}),
    });
    if (!choice) return 'no-room';
    const { placement, node } = choice;
    const rule = planMove(leg, { placement, mediaNodeId: node.id, reserveMs });
    const changed = await this.changer.change(target, rule);
    if (!changed?.result) return 'under-way';
    this.metrics.recovery.sessionMoved(cause);
    this.#log(changed.state.record, 'session moves', {
      generation: leg.generation + 1,
      mediaNodeId: node.id,
      cause,
    });
    return 'moving';
  }

  /** A client is at the new place: the last one ends the move. */
  async done(member: LifeRef & { connectionId: ConnectionId }, generation: number): Promise<void> {
    const { sessionId, life, connectionId } = member;
    const marked = await this.changer.change({ sessionId, life }, markMoved(connectionId, generation));
    // Read again: of two that become the last at once, at least one sees both.
    if (marked?.result) await this.#end({ sessionId, life }, 'all have moved');
  }

  /** The time of a move is up: who hasn't followed builds anew. */
  async expire(deadline: MoveEnd): Promise<void> {
    await this.#end(deadline, 'time is up', deadline);
  }

  async #end(target: Target, cause: string, deadline?: MoveEnd): Promise<void> {
    const changed = await this.changer.change(target, endMove(deadline));
    if (!changed?.result) return;
    const { generation, mediaNodeId } = changed.result;
    this.#log(changed.state.record, 'session moved', { leftGeneration: generation, mediaNodeId, cause });
    await this.media.closeLeg(changed.state, changed.result);
  }

  #log(
    { sessionId, life }: { sessionId: SessionId; life: number },
    what: string,
    more: { generation?: number; leftGeneration?: number; mediaNodeId: MediaNodeId; cause?: string },
  ): void {
    this.surroundings.logger.info({ sessionId, life, ...more }, what);
  }
}
