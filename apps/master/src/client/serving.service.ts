import { type MediaNodeRecord, type SessionState, SessionStore, StateGate } from '@evercall/cluster';
import { type ClientPolicy, isProtocolSupported, protocolVersion, type ServedBy } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MediaLinksService } from '../media/media-links.service.js';
import { MovesService } from '../moving/moves.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import type { Member } from './member.js';
import { type ResumeClaims, ResumeTokens } from './resume-tokens.js';

/** Milliseconds after a loss of data in which every master has told what it remembers, also a slow one. */
const slowestTellerMs = 5000;
/** Milliseconds after which a client asks again until then. */
const askAgainMs = 500;

/** What the answers to `connect` and `resume` have in common. */
@Injectable()
export class ServingService {
  constructor(
    private readonly store: SessionStore,
    private readonly tokens: ResumeTokens,
    private readonly links: MediaLinksService,
    private readonly moves: MovesService,
    private readonly state: StateGate,
    private readonly surroundings: SurroundingsService,
  ) {}

  async answerParts(
    { sessionId, life, connectionId }: Member,
    node: Pick<MediaNodeRecord, 'id' | 'name'>,
  ): Promise<{ resumeToken: string; servedBy: ServedBy; policy: ClientPolicy }> {
    const { identity, config } = this.surroundings;
    return {
      resumeToken: await this.tokens.sign({ sessionId, life, connectionId }),
      servedBy: {
        masterId: identity.id,
        masterName: identity.name,
        mediaNodeId: node.id,
        mediaNodeName: node.name,
      },
      policy: { graceMs: config.EVERCALL_GRACE_MS, requestTimeoutMs: config.EVERCALL_REQUEST_TIMEOUT_MS },
    };
  }

  /** A client gets its transports at a session's new place without having been at the old one: no move waits for it. */
  async entered(member: Member, state: SessionState, generation: number): Promise<void> {
    if (state.placement?.leaving.length) await this.moves.done(member, generation);
  }

  /** Which connection a client wants back. @throws RequestError `RESUME_DENIED` */
  async claims(resumeToken: string): Promise<ResumeClaims> {
    return this.tokens.read(resumeToken);
  }

  /** @throws RequestError `PROTOCOL_UNSUPPORTED` */
  mustBeSupported(version: number): void {
    if (isProtocolSupported(version)) return;
    throw new RequestError(
      'PROTOCOL_UNSUPPORTED',
      `this master speaks protocol ${protocolVersion} and ${protocolVersion - 1}, the client ${version}`,
    );
  }

  /** @throws RequestError `CAPABILITIES_CHANGED` with the right ones; `NO_MEDIA_NODE` if nobody knows them now */
  mustKnowCapabilities(hash: string): void {
    const known = this.links.capabilities();
    if (!known) {
      throw new RequestError('NO_MEDIA_NODE', 'no media node is linked', { retryAfterMs: 500 });
    }
    if (known.capabilitiesHash === hash) return;
    throw new RequestError('CAPABILITIES_CHANGED', 'load these router capabilities and ask again', {
      capabilities: { hash: known.capabilitiesHash, rtpCapabilities: known.rtpCapabilities },
    });
  }

  /**
   * The error for a connection that is no more, with the reason it ended for. Shortly after a loss of data a session that is
   * missing without a tombstone may still be told by a master that is slow: then the client is to ask again.
   */
  async ended(
    { sessionId, life, connectionId }: Omit<Member, 'socketGeneration'>,
    state: SessionState | undefined,
  ): Promise<RequestError> {
    const told = (await this.store.endReason(sessionId, life, connectionId)) ?? state?.ended;
    if (!told && !state && this.state.calmMs(performance.now()) < slowestTellerMs) {
      return new RequestError('STATE_UNAVAILABLE', 'the shared state has lost data', {
        retryAfterMs: askAgainMs,
      });
    }
    // A session of which nothing is left, no tombstone either, went with the data of the cluster.
    const reason = told ?? (state ? 'networkDisconnect' : 'nodeCrashed');
    return new RequestError('CONNECTION_ENDED', 'this connection is over', { reason });
  }
}
