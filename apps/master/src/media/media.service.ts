import { liveLegs, liveStreams, type PlacementLeg, type SessionState } from '@evercall/cluster';
import type { Command, CommandAnswer, Leg } from '@evercall/media-protocol';
import type { ConnectionId, MediaSetup, RtpCapabilities, StreamId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import type { Ended } from '../sessions/domain/end.js';
import type { Urgency } from '../turns/turn-queue.js';
import { resultOf } from './answers.js';
import { MediaLinksService } from './media-links.service.js';
import type { MediaNodeLink } from './media-node-link.js';
import { PlacementService } from './placement.service.js';
import { SetUps } from './set-ups.js';

/** Carries out on media nodes what was decided about sessions. */
@Injectable()
export class MediaService {
  readonly #setUps = new SetUps();

  constructor(
    private readonly links: MediaLinksService,
    private readonly placement: PlacementService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Gives a connection its transports, and paused consumers of everything that the others publish, in one message.
   *
   * @param options `renew`: the client lost its transports and needs new ones; `urgency`: who goes first when many wait
   * @throws RequestError `NO_MEDIA_NODE`, `MEDIA_UNAVAILABLE`, `CONNECTION_ENDED`
   */
  async setUp(
    state: SessionState,
    connectionId: ConnectionId,
    { urgency, ...options }: { rtpCapabilities: RtpCapabilities; renew: boolean; urgency: Urgency },
  ): Promise<{ media: MediaSetup; link: MediaNodeLink }> {
    const place = await this.placement.placed(state);
    const act = async () => this.#setUp(state, connectionId, { place, ...options });
    return this.#setUps.run(place, { urgency, act });
  }

  async #setUp(
    state: SessionState,
    connectionId: ConnectionId,
    {
      place,
      rtpCapabilities,
      renew,
    }: { place: PlacementLeg; rtpCapabilities: RtpCapabilities; renew: boolean },
  ): Promise<{ media: MediaSetup; link: MediaNodeLink }> {
    const link = this.#link(place);
    // Streams that aren't on this generation yet are announced when they are.
    const others = liveStreams(state).filter(
      ({ info, generation }) => info.connectionId !== connectionId && generation === place.generation,
    );
    const [session, send, recv, ...consumes] = await link.batch(this.#leg(state, place), [
      { name: 'openSession', params: { worker: place.worker } },
      { name: 'openTransport', params: { connectionId, direction: 'send', renew } },
      { name: 'openTransport', params: { connectionId, direction: 'recv', renew } },
      ...others.map(
        ({ info }): Command => ({
          name: 'consume',
          params: { connectionId, streamId: info.streamId, rtpCapabilities },
        }),
      ),
    ]);
    return {
      link,
      media: {
        generation: place.generation,
        mediaNodeId: place.mediaNodeId,
        capabilitiesHash: resultOf('openSession', session).capabilitiesHash,
        send: resultOf('openTransport', send),
        recv: resultOf('openTransport', recv),
        // A stream that can't be received (it ended just now, or the browser lacks its codec) is left out.
        consumers: consumes.flatMap((answer) => (answer.ok ? resultOf('consume', answer).consumers : [])),
      },
    };
  }

  /**
   * Sends commands for one of a session's live legs: during a planned move there are two.
   *
   * @param generation leg that the client means; one that isn't live means that the media has moved
   * @throws RequestError `MEDIA_UNAVAILABLE`: not placed, moved, or no answer
   */
  async command(state: SessionState, commands: Command[], generation?: number): Promise<CommandAnswer[]> {
    const legs = state.placement ? liveLegs(state.placement) : [];
    const place = legs.find((leg) => generation === undefined || leg.generation === generation);
    if (!place) {
      throw new RequestError('MEDIA_UNAVAILABLE', "the session's media is not on that media node any more");
    }
    return this.#link(place).batch(this.#leg(state, place), commands);
  }

  /**
   * Sends commands for every live leg of a session. What is on one of them only may be unknown to the other.
   *
   * @returns for each command the answer of a leg that carried it out, else a refusal
   * @throws RequestError `MEDIA_UNAVAILABLE`: not placed, or no leg answered
   */
  async commandAll(state: SessionState, commands: Command[]): Promise<CommandAnswer[]> {
    const legs = state.placement ? liveLegs(state.placement) : [];
    if (legs.length < 2) return this.command(state, commands);
    const outcomes = await Promise.allSettled(
      legs.map(async ({ generation }) => this.command(state, commands, generation)),
    );
    const answered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const [first] = answered;
    if (!first) {
      throw new RequestError('MEDIA_UNAVAILABLE', "no media node of the session's answered", {
        cause: outcomes.find((outcome) => outcome.status === 'rejected')?.reason,
      });
    }
    return first.map((answer, n) => answered.flatMap((leg) => leg[n] ?? []).find(({ ok }) => ok) ?? answer);
  }

  /** Ends what belonged to connections that are gone. What fails here is done by the next repair. */
  async afterEnd(state: SessionState, { connectionIds, sessionEnded }: Ended): Promise<void> {
    const commands: Command[] = sessionEnded
      ? [{ name: 'closeSession', params: {} }]
      : connectionIds.map((connectionId) => ({ name: 'closeConnection', params: { connectionId } }));
    await this.tryOn(state, commands);
  }

  /** Name of a media node for people; empty if it isn't linked. */
  nameOf({ mediaNodeId }: PlacementLeg): string {
    return this.links.get(mediaNodeId)?.node.name ?? '';
  }

  async closeSession(state: SessionState): Promise<void> {
    await this.tryOn(state, [{ name: 'closeSession', params: {} }]);
  }

  /** Ends a stream's media. @param generation on this leg only */
  async closeStream(state: SessionState, streamId: StreamId, generation?: number): Promise<void> {
    await this.tryOn(state, [{ name: 'closeStream', params: { streamId } }], generation);
  }

  /** Ends what is left on a leg that the session has left. */
  async closeLeg(state: SessionState, place: PlacementLeg): Promise<void> {
    try {
      await this.#link(place).batch(this.#leg(state, place), [{ name: 'closeSession', params: {} }]);
    } catch (error) {
      this.#leftToRepair(state, error);
    }
  }

  /** Sends commands that may fail: a repair, or the next of their kind, makes up for it. */
  async tryOn(state: SessionState, commands: Command[], generation?: number): Promise<void> {
    if (!state.placement || commands.length === 0) return;
    try {
      if (generation === undefined) await this.commandAll(state, commands);
      else await this.command(state, commands, generation);
    } catch (error) {
      this.#leftToRepair(state, error);
    }
  }

  #leftToRepair({ record: { sessionId, life } }: SessionState, error: unknown): void {
    this.surroundings.logger.debug({ err: error, sessionId, life }, 'left to the repair');
  }

  #leg(state: SessionState, { generation }: PlacementLeg): Leg {
    const { sessionId, life } = state.record;
    return { sessionId, life, generation };
  }

  #link({ mediaNodeId }: PlacementLeg): MediaNodeLink {
    const link = this.links.get(mediaNodeId);
    if (!link) throw new RequestError('MEDIA_UNAVAILABLE', `there is no link to media node ${mediaNodeId}`);
    return link;
  }
}
