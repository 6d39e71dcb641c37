import { Connection, type ConnectionChange, ConnectionList, type ConnectionRequest } from './connection.js';
import { EvercallError } from './errors.js';
import { HttpClient } from './http-client.js';
import { exponentialRetry, type RetryPolicy } from './retry-policy.js';
import { Session, SessionList, type SessionRequest } from './session.js';
import type { SignalRequest } from './signal.js';

/** What an {@link Evercall} needs to know. */
export interface EvercallOptions {
  /** Address of the load balancer, such as `https://video.example.org`. */
  url: string;
  /** The platform's `OPENVIDU_SECRET`. */
  secret: string;
  /** Default {@link exponentialRetry}: 15 s in all, 5 s each try. */
  retry?: RetryPolicy;
  /** Default the global one. */
  fetch?: typeof globalThis.fetch;
}

/** How often `createSession` may find a session that is gone when it is read. */
const createRounds = 3;

/**
 * The platform's REST API, for backends.
 *
 * A call that meets 502, 503, 504, a refused or reset connection or no answer is tried again until the policy gives
 * up; all tries of a changing call carry one `Idempotency-Key`, so it is carried out once. Every other failure is
 * thrown at once. All methods throw {@link EvercallError}.
 */
export class Evercall {
  readonly #http: HttpClient;

  /** @throws TypeError if the url is none. */
  constructor({ url, secret, retry = exponentialRetry(), fetch = globalThis.fetch }: EvercallOptions) {
    this.#http = new HttpClient({ url, secret, retry, fetch });
  }

  /** Creates a session, or returns the one that has this `customSessionId` already. */
  async createSession(request: SessionRequest = {}): Promise<Session> {
    for (let round = 1; ; round += 1) {
      try {
        return await this.#http.request({ method: 'POST', path: '/sessions', body: request }, Session);
      } catch (error) {
        if (!hasCode(error, 'conflict') || !request.customSessionId) throw error;
        const existing = await this.#find(request.customSessionId);
        if (existing) return existing;
        // It ended between the two requests, so the id is free again.
        if (round >= createRounds) throw error;
      }
    }
  }

  /** @throws EvercallError `notFound` */
  getSession(sessionId: string): Promise<Session> {
    return this.#http.request(
      { method: 'GET', path: `${sessionPath(sessionId)}?pendingConnections=true` },
      Session,
    );
  }

  /** Every session, those that nobody has joined yet included. */
  async listSessions(): Promise<Session[]> {
    const list = await this.#http.request(
      { method: 'GET', path: '/sessions?pendingConnections=true' },
      SessionList,
    );
    return list.content;
  }

  /** Ends a session for everybody in it. @throws EvercallError `notFound` */
  closeSession(sessionId: string): Promise<void> {
    return this.#http.requestNothing({ method: 'DELETE', path: sessionPath(sessionId) });
  }

  /** Adds a participant; hand its `token` to the browser. @throws EvercallError `notFound` if there is no session */
  createConnection(sessionId: string, request: ConnectionRequest = {}): Promise<Connection> {
    return this.#http.request(
      { method: 'POST', path: `${sessionPath(sessionId)}/connection`, body: request },
      Connection,
    );
  }

  /** @throws EvercallError `notFound`; `badRequest` if there is no such session */
  getConnection(sessionId: string, connectionId: string): Promise<Connection> {
    return this.#http.request({ method: 'GET', path: connectionPath(sessionId, connectionId) }, Connection);
  }

  /** Every participant, those whose token wasn't used yet included. @throws EvercallError `notFound` */
  async listConnections(sessionId: string): Promise<Connection[]> {
    const list = await this.#http.request(
      { method: 'GET', path: `${sessionPath(sessionId)}/connection?pendingConnections=true` },
      ConnectionList,
    );
    return list.content;
  }

  /** Puts a participant out, or makes its token void. @throws EvercallError `notFound` */
  deleteConnection(sessionId: string, connectionId: string): Promise<void> {
    return this.#http.requestNothing({ method: 'DELETE', path: connectionPath(sessionId, connectionId) });
  }

  /** Changes a participant's role or recording, before it joins or while it is there. @throws EvercallError `notFound` */
  updateConnection(sessionId: string, connectionId: string, change: ConnectionChange): Promise<Connection> {
    return this.#http.request(
      { method: 'PATCH', path: connectionPath(sessionId, connectionId), body: change },
      Connection,
    );
  }

  /**
   * Sends a message to participants, once, also when it had to be tried again.
   *
   * @throws EvercallError `notFound`: no such session; `failed` with status 406: nobody is in it, or not all receivers
   */
  sendSignal(sessionId: string, signal: SignalRequest): Promise<void> {
    return this.#http.requestNothing({
      method: 'POST',
      path: '/signal',
      body: { session: sessionId, ...signal },
    });
  }

  async #find(sessionId: string): Promise<Session | undefined> {
    try {
      return await this.getSession(sessionId);
    } catch (error) {
      if (hasCode(error, 'notFound')) return undefined;
      throw error;
    }
  }
}

function hasCode(error: unknown, code: EvercallError['code']): boolean {
  return error instanceof EvercallError && error.code === code;
}

function sessionPath(sessionId: string): string {
  return `/sessions/${encodeURIComponent(sessionId)}`;
}

function connectionPath(sessionId: string, connectionId: string): string {
  return `${sessionPath(sessionId)}/connection/${encodeURIComponent(connectionId)}`;
}
