import { type LifeRef, type Loss, type MoveCause, NodeRegistry, SessionStore } from '@evercall/cluster';
import type { Leg } from '@evercall/media-protocol';
import type { ConnectionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { detachFromLost } from './domain/lost-master.js';
import { Rescuer } from './rescuer.service.js';

/** What follows for one session or connection when the node it hung on is lost. */
@Injectable()
export class LossWorker {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly sessions: SessionsService,
    private readonly rescuer: Rescuer,
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
  async moveSession(target: LifeRef, { nodeId, cause }: Loss, member: string): Promise<void> {
    await this.#orDrop(nodeId, member, async () => {
      const state = await this.store.read(target.sessionId, target.life);
      const leg = state?.placement?.legs[0];
      if (!leg || leg.mediaNodeId !== nodeId) {
        await this.registry.dropWork(nodeId, [member]);
        return;
      }
      // A node that fell silent may forward media all the same: what can be kept is kept until the new place has it.
      const why: MoveCause = cause === 'silent' ? 'silent' : 'node';
      await this.rescuer.rescue(target, { mediaNodeId: nodeId, generation: leg.generation }, why);
    });
  }

  /** A leg died alone: its worker did. @returns whether there is nothing left to do for it */
  async moveLeg({ sessionId, life, generation }: Leg, mediaNodeId: string): Promise<boolean> {
    try {
      return await this.rescuer.rescue({ sessionId, life }, { mediaNodeId, generation }, 'worker');
    } catch (error) {
      if (isOver(error)) return true;
      this.surroundings.logger.debug({ err: error, sessionId, life }, 'left for the next try');
      return false;
    }
  }

  /** The master that created a session is lost; with `application` recovery the session goes with it. */
  async endHosted(target: LifeRef, nodeId: string, member: string): Promise<void> {
    await this.#orDrop(nodeId, member, async () => {
      if (!(await this.sessions.bury(target))) await this.registry.dropWork(nodeId, [member]);
    });
  }

  /** Nothing is left of what the entry names: it is done. */
  async #orDrop(nodeId: string, member: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (isOver(error)) {
        await this.registry.dropWork(nodeId, [member]);
        return;
      }
      this.surroundings.logger.debug({ err: error, member, lostNodeId: nodeId }, 'left for the next look');
    }
  }
}

function isOver(error: unknown): boolean {
  return error instanceof RequestError && ['SESSION_NOT_FOUND', 'CONNECTION_ENDED'].includes(error.code);
}
