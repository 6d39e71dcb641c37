import {
  type LifeRef,
  type MoveCause,
  NodeRegistry,
  type PlacementLeg,
  SessionStore,
} from '@evercall/cluster';
import { Injectable } from '@nestjs/common';
import { chooseMediaNode } from '../media/domain/choose-media-node.js';
import { MovesService } from '../moving/moves.service.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { awaitRoom, crash, isStillOn, type LostMedia, replace } from './domain/lost-media.js';
import { RescueReports } from './rescue-reports.service.js';

/** Milliseconds that a rescued session counts as a promise to its new node. */
const reserveMs = 5000;

/** Puts sessions elsewhere whose media is gone. */
@Injectable()
export class Rescuer {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly sessions: SessionsService,
    private readonly moves: MovesService,
    private readonly reports: RescueReports,
  ) {}

  /**
   * Gives a session's media another place, or ends the session if its application recovers it. Of several masters one
   * decides.
   *
   * @returns `false` if it has to be tried again: no media node has room
   * @throws RequestError `SESSION_NOT_FOUND`, `CONNECTION_ENDED`: it is over; `CONFLICT`
   */
  async rescue(target: LifeRef, lost: LostMedia, cause: MoveCause): Promise<boolean> {
    const state = await this.store.read(target.sessionId, target.life);
    const leg = state?.placement?.legs[0];
    if (state?.crashed) await this.sessions.bury(target);
    if (!state || state.ended || !leg || !isStillOn(state, lost)) return true;
    if (state.record.properties.recovery === 'application') {
      const changed = await this.changer.change(target, crash(lost));
      if (changed?.result) this.reports.ended(target, lost);
      return true;
    }
    if (cause === 'silent' && !state.placement?.waiting) {
      const outcome = await this.moves.move(target, { from: lost.mediaNodeId, cause });
      if (outcome === 'moving') return true;
    }
    return this.#place(target, leg, cause);
  }

  async #place(target: LifeRef, lost: PlacementLeg, cause: MoveCause): Promise<boolean> {
    const choice = chooseMediaNode(await this.registry.candidates(), {
      generation: lost.generation + 1,
      recovery: true,
      cause,
      ...(cause === 'worker' ? { dead: lost } : {}),
    });
    if (!choice) {
      const waits = await this.changer.change(target, awaitRoom(lost));
      if (waits?.result) this.reports.waits(target, lost);
      return false;
    }
    const { placement, node } = choice;
    const rule = replace(lost, { placement, mediaNodeId: node.id, reserveMs });
    const changed = await this.changer.change(target, rule);
    if (changed?.result) this.reports.placed(target, { lost, cause, mediaNodeId: node.id });
    return true;
  }
}
