import { type LifeRef, NodeRegistry, SessionStore } from '@evercall/cluster';
import type { Leg } from '@evercall/media-protocol';
import type { ConnectionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { chooseMediaNode } from '../media/domain/choose-media-node.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { detachFromLost } from './domain/lost-master.js';
import { crash, isStillOn, type LostMedia, replace } from './domain/lost-media.js';

/** Milliseconds that a moved session counts as a promise to its new node. */
const reserveMs = 5000;

/** What follows for one session or connection when the node it hung on is lost. */
@Injectable()
export class LossWorker {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly sessions: SessionsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /** The socket was on a lost master. */
  async detach(target: LifeRef & { connectionId: ConnectionId }, nodeId: string): Promise<void> {
    const { sessionId, life, connectionId } = target;
    const member = `${sessionId}/${life}/${connectionId}`;
    const { config, logger } = this.surroundings;
    await this.#orDrop(nodeId, member, async () => {
      const rule = detachFromLost({ connectionId, nodeId, member }, config.EVERCALL_GRACE_MS);
      const changed = await this.changer.change({ sessionId, life }, rule);
      if (!changed?.result) return;
      logger.info({ sessionId, life, connectionId, lostNodeId: nodeId }, 'connection detached');
    });
  }

  /** The session's media was on a lost media node. */
  async moveSession(target: LifeRef, nodeId: string, member: string): Promise<void> {
    await this.#orDrop(nodeId, member, async () => {
      const state = await this.store.read(target.sessionId, target.life);
      const leg = state?.placement?.legs[0];
      if (!leg || leg.mediaNodeId !== nodeId) await this.registry.dropWork(nodeId, [member]);
      else await this.#move(target, { mediaNodeId: nodeId, generation: leg.generation });
    });
  }

  /** A leg died alone: its worker did. */
  async moveLeg({ sessionId, life, generation }: Leg, mediaNodeId: string): Promise<void> {
    try {
      await this.#move({ sessionId, life }, { mediaNodeId, generation });
    } catch (error) {
      this.surroundings.logger.debug({ err: error, sessionId, life }, 'another master moves this session');
    }
  }

  /** The master that created a session is lost; with `application` recovery the session goes with it. */
  async endHosted(target: LifeRef, nodeId: string, member: string): Promise<void> {
    await this.#orDrop(nodeId, member, async () => {
      if (!(await this.sessions.bury(target))) await this.registry.dropWork(nodeId, [member]);
    });
  }

  async #move(target: LifeRef, lost: LostMedia): Promise<void> {
    const { logger } = this.surroundings;
    const state = await this.store.read(target.sessionId, target.life);
    if (!state || !isStillOn(state, lost)) return;
    if (state.crashed) {
      await this.sessions.bury(target);
      return;
    }
    if (state.record.properties.recovery === 'application') {
      const changed = await this.changer.change(
        target,
        crash((now) => isStillOn(now, lost)),
      );
      if (changed?.result) logger.warn({ ...target, ...lost }, 'session ended with its media node');
      return;
    }
    const choice = chooseMediaNode(await this.registry.candidates(), { generation: lost.generation + 1 });
    if (!choice) {
      logger.warn({ ...target, ...lost }, 'no media node has room for a session that lost its own; it waits');
      return;
    }
    const { placement, node } = choice;
    const changed = await this.changer.change(
      target,
      replace(lost, { placement, mediaNodeId: node.id, reserveMs }),
    );
    if (!changed?.result) return;
    logger.info({ ...target, generation: lost.generation + 1, mediaNodeId: node.id }, 'session placed anew');
  }

  /** Nothing is left of what the entry names: it is done. */
  async #orDrop(nodeId: string, member: string, act: () => Promise<void>): Promise<void> {
    const { logger } = this.surroundings;
    try {
      await act();
    } catch (error) {
      const over =
        error instanceof RequestError && ['SESSION_NOT_FOUND', 'CONNECTION_ENDED'].includes(error.code);
      if (over) await this.registry.dropWork(nodeId, [member]);
      else logger.debug({ err: error, member, lostNodeId: nodeId }, 'left for the next look');
    }
  }
}
