import { liveLegs, type SessionState, SessionStore } from '@evercall/cluster';
import type { Command, CommandAnswer } from '@evercall/media-protocol';
import type { Params, Result } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { resultOf } from '../media/answers.js';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { callerOf } from '../sessions/domain/caller.js';
import { subscribe, unsubscribe } from '../sessions/domain/subscribe.js';
import { type MutationKey, SessionChanger } from '../sessions/session-changer.js';
import type { Member } from './member.js';
import { ServingService } from './serving.service.js';

/** What a connection receives. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly serving: ServingService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async subscribe(
    member: Member,
    params: Params<'subscribe'>,
    mutation: MutationKey,
  ): Promise<Result<'subscribe'>> {
    const { streamId, audio, video, generation, rtpCapabilities } = params;
    const { connectionId } = member;
    const rule = subscribe(member, { streamId, audio, video, now: this.surroundings.clock() });
    const changed = await this.changer.change(member, rule, mutation);
    const state = changed?.state ?? (await this.#state(member));
    // Its media is on the way to another media node: the event streamMoved says when it can be received there.
    if (state.streams.get(streamId)?.generation !== generation) return { consumers: [] };
    const [answer] = await this.media.command(
      state,
      [{ name: 'consume', params: { connectionId, streamId, rtpCapabilities } }],
      generation,
    );
    return resultOf('consume', answer);
  }

  /** Lets flow what was subscribed to. Streams that ended meanwhile are left out. */
  async startConsumers(member: Member, { streamIds, generation }: Params<'startConsumers'>): Promise<void> {
    const { connectionId } = member;
    const state = await this.#state(member);
    const wishes = (await this.store.subscriptions(state, [connectionId])).get(connectionId);
    const commands = streamIds.flatMap((streamId): Command[] => {
      const wish = wishes?.get(streamId);
      if (!wish || !state.streams.get(streamId)?.live) return [];
      return [
        {
          name: 'setConsumersPaused',
          params: { connectionId, streamId, audio: !wish.audio, video: !wish.video },
        },
      ];
    });
    if (commands.length === 0) return;
    const answers = await this.#letFlow(state, commands, generation);
    for (const answer of answers) {
      if (!answer.ok && answer.error.code !== 'CONSUMER_UNKNOWN' && answer.error.code !== 'STREAM_UNKNOWN') {
        resultOf('setConsumersPaused', answer);
      }
    }
  }

  async unsubscribe(
    member: Member,
    { streamId }: Params<'unsubscribe'>,
    mutation: MutationKey,
  ): Promise<void> {
    const { connectionId } = member;
    const changed = await this.changer.change(member, unsubscribe(member, streamId), mutation);
    if (!changed?.state.placement) return;
    await this.media.commandAll(changed.state, [
      { name: 'closeConsumers', params: { connectionId, streamId } },
    ]);
  }

  /** A wish counts wherever the stream is received; what the leg that the client names says is the answer. */
  async #letFlow(state: SessionState, commands: Command[], generation: number): Promise<CommandAnswer[]> {
    const others = state.placement ? liveLegs(state.placement) : [];
    const [answers] = await Promise.all([
      this.media.command(state, commands, generation),
      ...others
        .filter((leg) => leg.generation !== generation)
        .map(async (leg) => this.media.tryOn(state, commands, leg.generation)),
    ]);
    return answers;
  }

  async #state(member: Member) {
    const state = await this.store.read(member.sessionId, member.life);
    if (!state || state.ended) throw await this.serving.ended(member, state);
    callerOf(state, member);
    return state;
  }
}
