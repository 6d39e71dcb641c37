import { setTimeout as sleep } from 'node:timers/promises';
import type { Params } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { detach } from '../sessions/domain/attach.js';
import { forceDisconnect, leave } from '../sessions/domain/end.js';
import { signal } from '../sessions/domain/signal.js';
import { tell } from '../sessions/domain/tell.js';
import { isStateAway, type MutationKey, SessionChanger } from '../sessions/session-changer.js';
import type { Member } from './member.js';

/** How often a closed socket is told to a shared state that is away; about five minutes in all. */
const detachAttempts = 150;

/** Who is there, and what they say to each other. */
@Injectable()
export class PresenceService {
  constructor(
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async leave(member: Member, mutation: MutationKey): Promise<void> {
    const changed = await this.changer.change(member, leave(member), mutation);
    if (!changed) return;
    this.#log(member, 'connection left');
    await this.media.afterEnd(changed.state, changed.result);
  }

  async forceDisconnect(
    member: Member,
    { connectionId }: Params<'forceDisconnect'>,
    mutation: MutationKey,
  ): Promise<void> {
    const changed = await this.changer.change(member, forceDisconnect(member, connectionId), mutation);
    if (changed) await this.media.afterEnd(changed.state, changed.result);
  }

  async signal(member: Member, params: Params<'signal'>, mutation: MutationKey): Promise<void> {
    await this.changer.change(member, signal(member, params), mutation);
  }

  async tell(member: Member, event: Params<'tell'>, mutation: MutationKey): Promise<void> {
    await this.changer.change(member, tell(member, event), mutation);
  }

  /** A socket closed without a word: its connection has the grace period to come back. */
  async detach(member: Member): Promise<void> {
    const { config, logger } = this.surroundings;
    for (let attempt = 0; attempt < detachAttempts; attempt += 1) {
      try {
        const changed = await this.changer.change(member, detach(member, config.EVERCALL_GRACE_MS));
        if (changed?.result) this.#log(member, 'connection detached');
        return;
      } catch (error) {
        if (error instanceof RequestError && !error.retryable) return;
        if (!(isStateAway(error) || error instanceof RequestError)) {
          logger.error(
            { err: error, connectionId: member.connectionId },
            'a closed socket could not be told',
          );
          return;
        }
      }
      await sleep(1000 + Math.random() * 1000, undefined, { ref: false });
    }
    logger.warn({ connectionId: member.connectionId }, 'a closed socket could not be told in time');
  }

  #log({ sessionId, life, connectionId, socketGeneration }: Member, what: string): void {
    this.surroundings.logger.info({ sessionId, life, connectionId, socketGeneration }, what);
  }
}
