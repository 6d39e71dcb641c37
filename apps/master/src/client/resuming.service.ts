import {
  activeConnection,
  EventLog,
  isForClients,
  isInAudience,
  type LogEntry,
  type SessionState,
  SessionStore,
} from '@evercall/cluster';
import { type Params, protocolVersion, type Result, type StreamId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { attach } from '../sessions/domain/attach.js';
import { snapshotFor } from '../sessions/domain/snapshot.js';
import { wish } from '../sessions/domain/subscribe.js';
import { SessionChanger } from '../sessions/session-changer.js';
import type { Door, Welcome } from './door.js';
import type { Member } from './member.js';
import type { ResumeClaims } from './resume-tokens.js';
import { ServingService } from './serving.service.js';

type Resumed = Result<'resume'>;

/** Answers `resume`: a connection goes on on a new socket, with what it missed. */
@Injectable()
export class ResumingService {
  constructor(
    private readonly store: SessionStore,
    private readonly log: EventLog,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly serving: ServingService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /** @throws RequestError `PROTOCOL_UNSUPPORTED`, `RESUME_DENIED`, `CONNECTION_ENDED` with the reason, … */
  async resume(params: Params<'resume'>, door: Door): Promise<Welcome<Resumed>> {
    this.serving.mustBeSupported(params.protocol);
    const claims = await this.serving.claims(params.resumeToken);
    const member = await this.#attach(claims, door);
    await door.enter(member);
    // The log first: whatever changes between the two is in the state at least, and comes as an event after the answer.
    const missed = await this.#missed(params, member);
    const state = await this.store.read(claims.sessionId, claims.life);
    const own = state && activeConnection(state, claims.connectionId);
    if (!own) throw await this.serving.ended(claims, state);
    await this.#adopt(member, params, state);
    const snapshot = snapshotFor(state, own, {
      videoSimulcast: this.surroundings.config.OPENVIDU_WEBRTC_SIMULCAST,
    });
    const { media, node } = await this.#media(params, member, state);
    const { sessionId, life, connectionId, socketGeneration } = member;
    this.surroundings.logger.info({ sessionId, life, connectionId, socketGeneration }, 'connection resumed');
    const position = missed?.position ?? state.head;
    return {
      member,
      position,
      mediaLost: state.placement?.waiting ? state.placement.legs[0]?.generation : undefined,
      result: {
        protocol: protocolVersion,
        ...(missed ? {} : { snapshot }),
        events: missed?.events ?? [],
        position,
        ...(media ? { media } : {}),
        republish: media ? [] : unknownStreams(params.streams, state),
        ...(await this.serving.answerParts(member, node)),
      },
    };
  }

  async #attach(claims: ResumeClaims, door: Door): Promise<Member> {
    const { sessionId, life, connectionId } = claims;
    try {
      const rule = attach(connectionId, this.surroundings.identity.id);
      const changed = await this.changer.change({ sessionId, life }, (current) => {
        // A master that stood still hears late of a client that has given up and resumed elsewhere: it must not take
        // the connection from there.
        door.mustBeOpen();
        return rule(current);
      });
      if (changed) return { ...claims, socketGeneration: changed.result };
    } catch (error) {
      const over =
        error instanceof RequestError && ['CONNECTION_ENDED', 'SESSION_NOT_FOUND'].includes(error.code);
      if (!over) throw error;
    }
    throw await this.serving.ended(claims, await this.store.read(sessionId, life));
  }

  /** Makes the wanted state what the client says it wants. */
  async #adopt(member: Member, params: Params<'resume'>, state: SessionState): Promise<void> {
    const { sessionId, life, connectionId } = member;
    const known = (await this.store.subscriptions(state, [connectionId])).get(connectionId) ?? new Map();
    const rule = wish(member, { wanted: params.subscriptions, known, now: this.surroundings.clock() });
    await this.changer.change({ sessionId, life }, rule);
  }

  /** `undefined`: the log doesn't reach back to where the client was. */
  async #missed(params: Params<'resume'>, member: Member) {
    const { entries, head, complete } = await this.log.readAfter(member, params.position);
    if (!complete) return undefined;
    const { connectionId } = member;
    const mine = entries.filter(({ audience }: LogEntry) => isInAudience(audience, connectionId));
    return {
      position: head ?? params.position,
      events: mine.flatMap(({ position, event }) => (isForClients(event) ? [{ position, event }] : [])),
    };
  }

  /** New transports if the client has none, or if its media has moved; none while the media waits for a place. */
  async #media(params: Params<'resume'>, member: Member, state: SessionState) {
    const { connectionId } = member;
    const place = state.placement?.legs[0];
    const { send, recv } = params.transports;
    const gone = [send, recv].some((transport) => transport === 'none' || transport === 'closed');
    const isThere = place?.generation === params.generation && !gone;
    if (place && (isThere || state.placement?.waiting)) {
      return { media: undefined, node: { id: place.mediaNodeId, name: this.media.nameOf(place) } };
    }
    this.serving.mustKnowCapabilities(params.capabilitiesHash);
    const { rtpCapabilities } = params;
    const { media, link } = await this.media.setUp(state, connectionId, {
      rtpCapabilities,
      renew: true,
      urgency: 'resume',
    });
    await this.serving.entered(member, state, media.generation);
    return { media, node: link.node };
  }
}

/** What the client publishes and the cluster doesn't know of. */
function unknownStreams(streams: StreamId[], state: SessionState): StreamId[] {
  return streams.filter((streamId) => !state.streams.get(streamId)?.live);
}
