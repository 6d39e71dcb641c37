import {
  type ClientToServer,
  type ConnectionEndReason,
  methods,
  type Position,
  type PositionedEvent,
  Request,
  type Response,
  type RtpCapabilities,
  type ServerToClient,
} from '@evercall/protocol';
import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import type { MetricsService } from '../metrics/metrics.service.js';
import { RequestError } from '../request-error.js';
import type { Door, Welcome } from './door.js';
import { FeedMember, type FeedOutlet } from './feed-member.js';
import type { Member } from './member.js';
import type { SocketServices } from './socket-services.service.js';
import { toWireError } from './wire-error.js';

/** Requests of one socket that may wait for their turn. */
const longestQueue = 200;

export type ServerSocket = Socket<ClientToServer, ServerToClient>;

/** What a socket is made with. */
export interface ClientSocketOptions {
  /** Address of the client. */
  ip: string;
  services: SocketServices;
  metrics: MetricsService;
  logger: Logger;
  /** The connection is this socket's now: an older socket of it here must go. */
  taken: (member: Member, socket: ClientSocket) => void;
}

/** One client socket: answers its requests in their order, and gives it its events. */
export class ClientSocket implements Door, FeedOutlet {
  readonly ip: string;
  readonly #socket: ServerSocket;
  readonly #services: SocketServices;
  readonly #options: ClientSocketOptions;
  #member: Member | undefined;
  #feed: FeedMember | undefined;
  #turn: Promise<void> = Promise.resolve();
  #queued = 0;
  /** What the browser can receive, as it said last. */
  #rtpCapabilities: RtpCapabilities | undefined;
  /** The newest media that the client was given here, or came with. */
  #generation = 0;
  #closed = false;
  #toldToGoAt: number | undefined;

  constructor(socket: ServerSocket, options: ClientSocketOptions) {
    this.#socket = socket;
    this.ip = options.ip;
    this.#services = options.services;
    this.#options = options;
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

  mustBeOpen(): void {
    if (this.#closed) throw new RequestError('STALE_SOCKET', 'the socket is closed');
  }

  async enter(member: Member): Promise<void> {
    const feed = new FeedMember(member.connectionId, this);
    this.#member = member;
    this.#feed = feed;
    this.#options.taken(member, this);
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

  fellBehind(): void {
    const [member, feed] = [this.#member, this.#feed];
    if (!member || !feed) return;
    const isWanted = () => this.#feed === feed && !this.#closed;
    void this.#services.feeds.resyncing.resync(member, isWanted).then((resync) => {
      if (!isWanted()) return;
      // A resume tells why there is no snapshot.
      if (!resync) this.end();
      else if ('ended' in resync) this.ended(resync.ended);
      else {
        const { snapshot, placement } = resync;
        feed.startAnew(snapshot.position, () => this.#socket.emit('resync', { snapshot }));
        // A move may be among what was lost.
        const generation = placement?.legs[0]?.generation ?? 0;
        if (placement?.waiting) this.mediaLost(generation);
        else this.moved(generation, (placement?.leaving.length ?? 0) > 0);
      }
    });
  }

  moved(generation: number, planned: boolean): void {
    const [member, rtpCapabilities] = [this.#member, this.#rtpCapabilities];
    // A resume may have answered with the new place before its event came.
    if (!member || !rtpCapabilities || generation <= this.#generation) return;
    const isWanted = () => this.#member === member && !this.#closed && generation > this.#generation;
    void this.#services.moving
      .setUp(member, { generation, planned, rtpCapabilities, isWanted })
      .then((moved) => {
        if (!moved) return;
        this.#generation = generation;
        this.#socket.emit('moved', moved);
      });
  }

  mediaLost(generation: number): void {
    this.#socket.emit('mediaLost', { generation });
  }

  /** When the client was told to go, by `performance.now()`; `undefined` if it wasn't. */
  get toldToGoAt(): number | undefined {
    return this.#toldToGoAt;
  }

  goAway(delayMs: number): void {
    this.#toldToGoAt = performance.now();
    this.#socket.emit('goAway', { delayMs });
  }

  end(): void {
    this.#socket.disconnect(true);
  }

  async #answer(raw: unknown, answer: (response: Response) => void): Promise<void> {
    const started = performance.now();
    const request = Request.safeParse(raw);
    const { response, position, mediaLost } = await this.#carryOut(request);
    answer(response);
    if (mediaLost) this.mediaLost(mediaLost);
    if (position) this.#feed?.start(position);
    const method = request.success ? request.data.method : 'unreadable';
    const outcome = response.ok ? 'ok' : response.error.code;
    this.#options.metrics.requestAnswered(method, outcome, (performance.now() - started) / 1000);
  }

  /** Never throws: what goes wrong is an answer, too. `position`: events after it may follow. */
  async #carryOut(
    parsed: ReturnType<typeof Request.safeParse>,
  ): Promise<{ response: Response; position?: Position; mediaLost?: number | undefined }> {
    try {
      if (!parsed.success) throw parsed.error;
      const request = parsed.data;
      if (request.method === 'connect' || request.method === 'resume') {
        const { result, position, mediaLost } = await this.#welcome(request);
        return { response: { ok: true, result }, position, mediaLost };
      }
      if (!this.#member) throw new RequestError('NOT_CONNECTED', 'connect or resume first');
      const result = await this.#services.dispatcher.dispatch(this.#member, request.method, request);
      return { response: { ok: true, result } };
    } catch (error) {
      const wire = toWireError(error);
      if (!wire) {
        const { connectionId } = this.#member ?? {};
        this.#options.logger.error({ err: error, connectionId }, 'request failed');
      }
      return { response: { ok: false, error: wire ?? { code: 'INTERNAL', message: 'the server failed' } } };
    }
  }

  async #welcome(request: Request): Promise<Welcome<unknown>> {
    this.mustBeOpen();
    await this.#forget();
    if (request.method === 'resume') {
      const params = methods.resume.params.parse(request.params);
      this.#rtpCapabilities = params.rtpCapabilities;
      const welcome = await this.#services.arrivals.resume(params, this);
      this.#generation = welcome.result.media?.generation ?? params.generation;
      return welcome;
    }
    const params = methods.connect.params.parse(request.params);
    this.#rtpCapabilities = params.rtpCapabilities;
    const welcome = await this.#services.arrivals.connect(params, request.id, this);
    this.#generation = welcome.result.media.generation;
    return welcome;
  }

  /** An earlier `connect` or `resume` on this socket failed half-way: its member starts anew. */
  async #forget(): Promise<void> {
    if (this.#member && this.#feed) await this.#services.feeds.leave(this.#member, this.#feed);
    this.#feed = undefined;
  }
}
