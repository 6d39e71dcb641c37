import {
  type ClientToServer,
  type ConnectionEndReason,
  methods,
  type Position,
  type PositionedEvent,
  Request,
  type Response,
  type ServerToClient,
} from '@evercall/protocol';
import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import { RequestError } from '../request-error.js';
import type { Dispatcher } from './dispatcher.service.js';
import type { Door, Welcome } from './door.js';
import { FeedMember, type FeedOutlet } from './feed-member.js';
import type { FeedsService } from './feeds.service.js';
import type { JoiningService } from './joining.service.js';
import type { Member } from './member.js';
import type { PresenceService } from './presence.service.js';
import type { ResumingService } from './resuming.service.js';
import { toWireError } from './wire-error.js';

/** Requests of one socket that may wait for their turn. */
const longestQueue = 200;

export type ServerSocket = Socket<ClientToServer, ServerToClient>;

/** What a socket works with. */
export interface SocketServices {
  joining: JoiningService;
  resuming: ResumingService;
  dispatcher: Dispatcher;
  presence: PresenceService;
  feeds: FeedsService;
  logger: Logger;
  /** The connection is this socket's now: an older socket of it here must go. */
  taken: (member: Member, socket: ClientSocket) => void;
}

/** One client socket: answers its requests in their order, and gives it its events. */
export class ClientSocket implements Door, FeedOutlet {
  readonly ip: string;
  readonly #socket: ServerSocket;
  readonly #services: SocketServices;
  #member: Member | undefined;
  #feed: FeedMember | undefined;
  #turn: Promise<void> = Promise.resolve();
  #queued = 0;
  #closed = false;

  constructor(socket: ServerSocket, ip: string, services: SocketServices) {
    this.#socket = socket;
    this.ip = ip;
    this.#services = services;
  }

  get member(): Member | undefined {
    return this.#member;
  }

  /** Takes a request; its answer comes in its turn. */
  take(raw: unknown, answer: (response: Response) => void): void {
    if (this.#queued >= longestQueue) {
      answer({
        ok: false,
        error: { code: 'RATE_LIMITED', message: 'too many requests wait', retryAfterMs: 1000 },
      });
      return;
    }
    this.#queued += 1;
    this.#turn = this.#turn.then(async () => {
      this.#queued -= 1;
      await this.#answer(raw, answer);
    });
  }

  /** The socket is gone. What it asked before is finished first. */
  closed(): void {
    this.#closed = true;
    this.#turn = this.#turn.then(async () => {
      const [member, feed] = [this.#member, this.#feed];
      this.#member = undefined;
      if (!member) return;
      if (feed) await this.#services.feeds.leave(member, feed);
      await this.#services.presence.detach(member);
    });
  }

  /** Resolves when everything that was asked is answered and a closed socket is cleaned up. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  async enter(member: Member): Promise<void> {
    const feed = new FeedMember(member.connectionId, this);
    this.#member = member;
    this.#feed = feed;
    this.#services.taken(member, this);
    await this.#services.feeds.enter(member, feed);
  }

  events(events: PositionedEvent[]): void {
    this.#socket.emit('events', events);
  }

  position(position: Position): void {
    this.#socket.emit('position', position);
  }

  ended(reason: ConnectionEndReason): void {
    this.#socket.emit('ended', { reason });
    this.end();
  }

  /** A resume gives the client a snapshot. */
  fellBehind(): void {
    this.end();
  }

  goAway(delayMs: number): void {
    this.#socket.emit('goAway', { delayMs });
  }

  end(): void {
    this.#socket.disconnect(true);
  }

  async #answer(raw: unknown, answer: (response: Response) => void): Promise<void> {
    try {
      const request = Request.parse(raw);
      if (request.method === 'connect' || request.method === 'resume') {
        const { result, position } = await this.#welcome(request);
        answer({ ok: true, result });
        this.#feed?.start(position);
        return;
      }
      if (!this.#member) throw new RequestError('NOT_CONNECTED', 'connect or resume first');
      answer({
        ok: true,
        result: await this.#services.dispatcher.dispatch(this.#member, request.method, request),
      });
    } catch (error) {
      const wire = toWireError(error);
      if (!wire) {
        const { connectionId } = this.#member ?? {};
        this.#services.logger.error({ err: error, connectionId }, 'request failed');
      }
      answer({ ok: false, error: wire ?? { code: 'INTERNAL', message: 'the server failed' } });
    }
  }

  async #welcome(request: Request): Promise<Welcome<unknown>> {
    if (this.#closed) throw new RequestError('STALE_SOCKET', 'the socket is closed');
    await this.#forget();
    if (request.method === 'resume') {
      return this.#services.resuming.resume(methods.resume.params.parse(request.params), this);
    }
    return this.#services.joining.connect(methods.connect.params.parse(request.params), request.id, this);
  }

  /** An earlier `connect` or `resume` on this socket failed half-way: its member starts anew. */
  async #forget(): Promise<void> {
    if (this.#member && this.#feed) await this.#services.feeds.leave(this.#member, this.#feed);
    this.#feed = undefined;
  }
}
