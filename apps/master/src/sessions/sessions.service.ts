import { activeConnections, PendingConnection, type SessionState, SessionStore } from '@evercall/cluster';
import {
  type ConnectionId,
  type ConnectionProperties,
  SessionId,
  type SessionProperties,
  type StreamId,
} from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MediaService } from '../media/media.service.js';
import { NodesInDoubt } from '../node/nodes-in-doubt.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { createConnection } from './domain/create-connection.js';
import { closeSession, endConnection } from './domain/end.js';
import { endStream } from './domain/publish.js';
import { type Signal, signal } from './domain/signal.js';
import { type MutationKey, mustBeReachable, SessionChanger } from './session-changer.js';
import type { SessionView } from './session-view.js';

/** Sessions as backends see them. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly store: SessionStore,
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly inDoubt: NodesInDoubt,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * Opens a session.
   *
   * @param request `customSessionId` empty for a random id
   * @returns the state, or `exists` if the id is in use. A repeated request gets the session it made
   * @throws RequestError `HOST_UNREACHABLE`: nobody knows yet whether the session of that id is over
   */
  async create(properties: SessionProperties, mutation?: MutationKey): Promise<SessionView | 'exists'> {
    const { ids, identity, clock, config, logger } = this.surroundings;
    if (mutation) {
      const made = await this.store.recall(mutation);
      if (made !== undefined) {
        return this.#madeBefore(SessionId.parse(JSON.parse(made)), properties, mutation);
      }
    }
    const sessionId = properties.customSessionId
      ? SessionId.parse(properties.customSessionId)
      : ids.sessionId();
    const outcome = await this.store.create(
      { schema: 1, sessionId, createdAt: clock(), hostId: identity.id, properties },
      {
        unusedMs: config.OPENVIDU_SESSIONS_GARBAGE_THRESHOLD * 1000,
        ...(mutation ? { mutation: { ...mutation, result: JSON.stringify(sessionId) } } : {}),
      },
    );
    if (outcome.status === 'exists') {
      return (await this.#inUse(sessionId)) ? 'exists' : this.create(properties, mutation);
    }
    if (outcome.status === 'created') {
      logger.info({ sessionId, life: outcome.record.life }, 'session created');
    }
    return (await this.get(sessionId)) ?? 'exists';
  }

  /** `undefined` if there is no such session, or no more. @throws RequestError `HOST_UNREACHABLE` */
  async get(sessionId: SessionId): Promise<SessionView | undefined> {
    const state = await this.store.read(sessionId);
    if (!state || state.ended) return undefined;
    mustBeReachable(state, this.inDoubt);
    return this.#view(state);
  }

  /**
   * Puts down that a session ended with a lost node; everybody in it gets `nodeCrashed`.
   *
   * @returns whether it was this call that did
   */
  async bury(target: { sessionId: SessionId; life?: number }): Promise<boolean> {
    const buried = await this.changer.bury(target);
    if (!buried) return false;
    const { sessionId, life, hostId } = buried.state.record;
    this.surroundings.logger.warn({ sessionId, life, hostId }, 'session ended with its node');
    // Its media node may be the one that is lost: nobody waits for it.
    void this.media.closeSession(buried.state);
    return true;
  }

  async list(): Promise<SessionView[]> {
    return Promise.all((await this.store.list()).map(async (state) => this.#view(state)));
  }

  /**
   * Carries a request out once. A repetition finds what it ended gone: it succeeds as the first one did.
   *
   * @param act answers whether there was something to do
   * @returns `false` if there was nothing to do, now or before
   * @throws what `act` throws, if the request wasn't carried out before
   */
  async once(mutation: MutationKey | undefined, act: () => Promise<boolean>): Promise<boolean> {
    if (!mutation) return act();
    if (await this.#wasDone(mutation)) return true;
    try {
      if (await act()) return true;
    } catch (error) {
      if (!(await this.#wasDone(mutation))) throw error;
      return true;
    }
    return this.#wasDone(mutation);
  }

  async #wasDone(mutation: MutationKey): Promise<boolean> {
    return (await this.store.recall(mutation)) !== undefined;
  }

  /** Closes a session; everybody in it gets `sessionClosedByServer`. @throws RequestError `SESSION_NOT_FOUND` */
  async close(sessionId: SessionId, mutation?: MutationKey): Promise<void> {
    const rule = closeSession('sessionClosedByServer');
    const changed = await this.changer.change({ sessionId }, rule, mutation);
    if (!changed) return;
    this.surroundings.logger.info(
      { sessionId, life: changed.state.record.life },
      'session closed by a backend',
    );
    await this.media.closeSession(changed.state);
  }

  /**
   * Makes a connection to be, with its token. A repeated request gets the one it made.
   *
   * @throws RequestError `SESSION_NOT_FOUND`
   */
  async createConnection(
    sessionId: SessionId,
    properties: ConnectionProperties,
    mutation?: MutationKey,
  ): Promise<PendingConnection> {
    const { ids, clock, config, logger } = this.surroundings;
    const rule = createConnection({
      connectionId: ids.connectionId(),
      tokenId: ids.tokenId(),
      properties,
      now: clock(),
      tokenTtlMs: config.EVERCALL_TOKEN_TTL_MS,
    });
    const changed = await this.changer.change({ sessionId }, rule, mutation);
    if (changed) {
      const { connectionId } = changed.result;
      logger.info({ sessionId, life: changed.state.record.life, connectionId }, 'connection created');
      return changed.result;
    }
    const made = mutation && (await this.store.recall(mutation));
    return PendingConnection.parse(JSON.parse(made ?? 'null'));
  }

  /**
   * Ends a connection, or takes an unused token back.
   *
   * @param target what ends, and where
   * @returns `false` if there is none
   * @throws RequestError `SESSION_NOT_FOUND`
   */
  async endConnection(
    { sessionId, connectionId }: { sessionId: SessionId; connectionId: ConnectionId },
    mutation?: MutationKey,
  ): Promise<boolean> {
    const rule = endConnection(connectionId, 'forceDisconnectByServer');
    const changed = await this.changer.change({ sessionId }, rule, mutation);
    if (!changed) return true;
    if (!changed.result) return false;
    await this.media.afterEnd(changed.state, changed.result);
    return true;
  }

  /** Ends a stream. @returns `false` if there is none. @throws RequestError `SESSION_NOT_FOUND` */
  async endStream(
    { sessionId, streamId }: { sessionId: SessionId; streamId: StreamId },
    mutation?: MutationKey,
  ): Promise<boolean> {
    const changed = await this.changer.change({ sessionId }, endStream(streamId), mutation);
    if (!changed) return true;
    if (!changed.result) return false;
    await this.media.closeStream(changed.state, streamId);
    return true;
  }

  /** Sends a signal from a backend. @throws RequestError `SESSION_NOT_FOUND`, `CONNECTION_NOT_FOUND` */
  async signal(sessionId: SessionId, message: Signal, mutation?: MutationKey): Promise<void> {
    await this.changer.change({ sessionId }, signal(undefined, message), mutation);
  }

  /** A repetition gets the session it made; if that went with a node before anybody used it, the next life of it. */
  async #madeBefore(
    sessionId: SessionId,
    properties: SessionProperties,
    mutation: MutationKey,
  ): Promise<SessionView | 'exists'> {
    const state = await this.store.read(sessionId);
    if (state?.ended !== 'nodeCrashed') return (await this.get(sessionId)) ?? 'exists';
    return this.create(properties, { ...mutation, id: `${mutation.id}~${state.record.life}` });
  }

  /**
   * Whether a session of that id runs. One that went with its node doesn't, and makes room for its next life.
   *
   * @throws RequestError `HOST_UNREACHABLE`
   */
  async #inUse(sessionId: SessionId): Promise<boolean> {
    if (await this.bury({ sessionId })) return false;
    const state = await this.store.read(sessionId);
    if (!state || state.ended) return false;
    mustBeReachable(state, this.inDoubt);
    return true;
  }

  async #view(state: SessionState): Promise<SessionView> {
    const ids = activeConnections(state).map(({ connectionId }) => connectionId);
    return { state, subscriptions: await this.store.subscriptions(state, ids) };
  }
}
