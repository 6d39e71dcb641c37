import { createHash } from 'node:crypto';
import { activeConnection, SessionStore } from '@evercall/cluster';
import { ConnectionId, type Params, parseToken, protocolVersion, type Result } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import { attach } from '../sessions/domain/attach.js';
import { join } from '../sessions/domain/join.js';
import { snapshotFor } from '../sessions/domain/snapshot.js';
import { type MutationKey, SessionChanger } from '../sessions/session-changer.js';
import type { Door, Welcome } from './door.js';
import type { Member } from './member.js';
import { ServingService } from './serving.service.js';

/** What a `connect` remembers of its answer. */
const JoinedBefore = z.object({ connectionId: ConnectionId });

/** Answers `connect`: a token becomes a connection with a socket, media and a snapshot. */
@Injectable()
export class JoiningService {
  constructor(
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly serving: ServingService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * @param requestId key of the request; the same again gives the same connection and a fresh answer
   * @throws RequestError `PROTOCOL_UNSUPPORTED`, `TOKEN_INVALID`, `CAPABILITIES_CHANGED`, `NO_MEDIA_NODE`, …
   */
  async connect(
    params: Params<'connect'>,
    requestId: string,
    door: Door,
  ): Promise<Welcome<Result<'connect'>>> {
    this.serving.mustBeSupported(params.protocol);
    const mutation = {
      id: `connect:${requestId}`,
      bodyHash: createHash('sha256').update(params.token).digest('hex'),
    };
    const member = (await this.#joinedBefore(mutation, params)) ?? (await this.#join(params, mutation, door));
    await door.enter(member);
    const state = await this.store.read(member.sessionId, member.life);
    const own = state && activeConnection(state, member.connectionId);
    if (!own) throw await this.serving.ended(member, state);
    const { rtpCapabilities } = params;
    const { media, link } = await this.media.setUp(state, member.connectionId, {
      rtpCapabilities,
      renew: true,
      urgency: 'join',
    });
    await this.serving.entered(member, state, media.generation);
    const { sessionId, life, connectionId, socketGeneration } = member;
    const { generation, mediaNodeId } = media;
    this.surroundings.logger.info(
      { sessionId, life, connectionId, socketGeneration, generation, mediaNodeId },
      'connection joined',
    );
    return {
      member,
      position: state.head,
      result: {
        protocol: protocolVersion,
        snapshot: snapshotFor(state, own, {
          videoSimulcast: this.surroundings.config.OPENVIDU_WEBRTC_SIMULCAST,
        }),
        media,
        ...(await this.serving.answerParts(member, link.node)),
      },
    };
  }

  async #join(params: Params<'connect'>, mutation: MutationKey, door: Door): Promise<Member> {
    const token = parseToken(params.token);
    const record = token && (await this.store.token(token.tokenId));
    if (!record || record.sessionId !== token.sessionId) {
      throw new RequestError('TOKEN_INVALID', 'the token is not known: malformed, used already, or expired');
    }
    this.serving.mustKnowCapabilities(params.capabilitiesHash);
    const { sessionId, life } = record;
    const { identity, clock } = this.surroundings;
    const { clientData, platform } = params;
    const connectionId = ConnectionId.parse(record.connectionId);
    const rule = join({
      connectionId,
      masterId: identity.id,
      clientData,
      platform,
      ip: door.ip,
      now: clock(),
    });
    const changed = await this.changer.change({ sessionId, life }, rule, mutation);
    if (changed) return { sessionId, life, connectionId, socketGeneration: changed.result.socketGeneration };
    const before = await this.#joinedBefore(mutation, params);
    if (before) return before;
    throw new RequestError('TOKEN_INVALID', 'the token was used already');
  }

  /** The same request was carried out before, maybe on another master and another socket. */
  async #joinedBefore(mutation: MutationKey, { token }: Params<'connect'>): Promise<Member | undefined> {
    const result = await this.store.recall(mutation);
    const sessionId = parseToken(token)?.sessionId;
    if (result === undefined || !sessionId) return undefined;
    const made = JoinedBefore.parse(JSON.parse(result));
    const changed = await this.changer.change(
      { sessionId },
      attach(made.connectionId, this.surroundings.identity.id),
    );
    if (!changed) return undefined;
    const { life } = changed.state.record;
    return { sessionId, life, connectionId: made.connectionId, socketGeneration: changed.result };
  }
}
