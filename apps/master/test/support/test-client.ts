import { randomBytes } from 'node:crypto';
import {
  IdFactory,
  type Method,
  methods,
  type Params,
  type PositionedEvent,
  protocolVersion,
  Response,
  type Result,
  type RtpCapabilities,
  type ServerMessages,
  type SessionEvent,
  type StreamInfo,
  socketPath,
  type WireError,
} from '@evercall/protocol';
import {
  audioParameters,
  dtlsParameters,
  EventBuffer,
  type NextOptions,
  videoParameters,
} from '@evercall/testing';
import { io, type Socket } from 'socket.io-client';

export const ids = new IdFactory((length) => randomBytes(length));

/** A refused request. */
export class Refused extends Error {
  constructor(readonly error: WireError) {
    super(`${error.code}: ${error.message}`);
  }
}

/** Speaks the client protocol without a browser: no media flows, but all of it is set up. */
export class TestClient {
  readonly events = new EventBuffer<PositionedEvent>();
  readonly ended = new EventBuffer<{ reason: string }>();
  readonly closed = new EventBuffer<string>();
  readonly goAway = new EventBuffer<ServerMessages['goAway']>();
  readonly moved = new EventBuffer<ServerMessages['moved']>();
  readonly resynced = new EventBuffer<ServerMessages['resync']>();
  readonly positions = new EventBuffer<ServerMessages['position']>();
  readonly mediaLost = new EventBuffer<ServerMessages['mediaLost']>();
  #socket: Socket;
  #rtpCapabilities: RtpCapabilities = {};
  #hash = '';
  readonly #published = new Map<StreamInfo['streamId'], Params<'publish'>>();
  joined!: Result<'connect'>;

  constructor(url: string) {
    this.#socket = this.#open(url);
  }

  static async join(url: string, token: string): Promise<TestClient> {
    const client = new TestClient(url);
    await client.connect(token);
    return client;
  }

  get connectionId() {
    return this.joined.snapshot.connection.connectionId;
  }

  get rtpCapabilities() {
    return this.#rtpCapabilities;
  }

  get generation() {
    return this.joined.media.generation;
  }

  async connect(token: string, requestId = ids.mutationId()): Promise<Result<'connect'>> {
    const ask = async () =>
      this.ask(
        'connect',
        { ...this.#hello(), token, clientData: 'test', platform: 'node', sdkVersion: '0' },
        requestId,
      );
    try {
      this.joined = await ask();
    } catch (error) {
      if (!(error instanceof Refused) || !error.error.capabilities) throw error;
      this.#hash = error.error.capabilities.hash;
      this.#rtpCapabilities = error.error.capabilities.rtpCapabilities;
      this.joined = await ask();
    }
    return this.joined;
  }

  /** Comes back on a socket to the given master. */
  async resume(url: string, change: Partial<Params<'resume'>> = {}): Promise<Result<'resume'>> {
    this.#socket.disconnect();
    this.#socket = this.#open(url);
    const { resumeToken, snapshot, media } = this.joined;
    return this.ask('resume', {
      ...this.#hello(),
      resumeToken,
      position: this.events.all().at(-1)?.position ?? snapshot.position,
      generation: media.generation,
      transports: { send: 'connected', recv: 'connected' },
      streams: [],
      subscriptions: [],
      ...change,
    });
  }

  async ask<M extends Method>(method: M, params: Params<M>, id = ids.mutationId()): Promise<Result<M>> {
    const answer = Response.parse(
      await this.#socket.timeout(8000).emitWithAck('request', { id, method, params }),
    );
    if (!answer.ok) throw new Refused(answer.error);
    return methods[method].result.parse(answer.result) as Result<M>;
  }

  /** For a request that is asked again until it is answered. */
  mutationId() {
    return ids.mutationId();
  }

  async raw(request: unknown): Promise<unknown> {
    return this.#socket.timeout(8000).emitWithAck('request', request);
  }

  /** Publishes a microphone and a camera, or what `options` say. */
  async publish({
    ssrc = 1000,
    options = {},
  }: {
    ssrc?: number;
    options?: Partial<Params<'publish'>>;
  } = {}): Promise<StreamInfo> {
    const { generation } = this;
    await this.ask('connectTransport', { direction: 'send', generation, dtlsParameters });
    const params: Params<'publish'> = {
      streamId: ids.streamId('CAM', this.connectionId),
      options: {
        hasAudio: true,
        audioActive: true,
        hasVideo: true,
        videoActive: true,
        typeOfVideo: 'CAMERA',
        frameRate: 30,
      },
      tracks: [
        { kind: 'audio', rtpParameters: audioParameters(ssrc) },
        { kind: 'video', rtpParameters: videoParameters(ssrc + 1) },
      ],
      generation,
      ...options,
    };
    const { stream } = await this.ask('publish', params);
    this.#published.set(stream.streamId, params);
    return stream;
  }

  /** Follows its session to another media node: publishes there, too. The old place stays until `arrive`. */
  async follow(options?: NextOptions): Promise<ServerMessages['moved']> {
    const moved = await this.moved.next(undefined, options);
    this.joined.media = moved.media;
    const { generation } = this;
    for (const params of this.#published.values()) {
      await this.publish({ options: { ...params, generation } });
    }
    return moved;
  }

  /** Everything is sent and received at the new place. */
  async arrive(): Promise<void> {
    await this.ask('moveDone', { generation: this.generation, audioMs: 0, videoMs: 0 });
  }

  async subscribe(
    streamId: StreamInfo['streamId'],
    generation = this.generation,
  ): Promise<Result<'subscribe'>> {
    const answer = await this.ask('subscribe', {
      streamId,
      audio: true,
      video: true,
      generation,
      rtpCapabilities: this.#rtpCapabilities,
    });
    await this.ask('startConsumers', { streamIds: [streamId], generation });
    return answer;
  }

  async event<T extends SessionEvent['type']>(
    type: T,
    options: NextOptions = {},
  ): Promise<Extract<SessionEvent, { type: T }>> {
    const { event } = await this.events.next((candidate) => candidate.event.type === type, options);
    return event as Extract<SessionEvent, { type: T }>;
  }

  seen(type: SessionEvent['type']): SessionEvent[] {
    return this.events.all().flatMap(({ event }) => (event.type === type ? [event] : []));
  }

  /** The socket goes without a word. */
  drop(): void {
    this.#socket.io.engine.close();
  }

  close(): void {
    this.#socket.disconnect();
  }

  #hello() {
    return {
      protocol: protocolVersion,
      capabilitiesHash: this.#hash,
      rtpCapabilities: this.#rtpCapabilities,
    };
  }

  #open(url: string): Socket {
    const socket = io(url, {
      path: socketPath,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    socket.on('events', (events: PositionedEvent[]) => {
      for (const event of events) this.events.push(event);
    });
    socket.on('resync', (message: ServerMessages['resync']) => this.resynced.push(message));
    socket.on('position', (message: ServerMessages['position']) => this.positions.push(message));
    socket.on('goAway', (message: ServerMessages['goAway']) => this.goAway.push(message));
    socket.on('moved', (message: ServerMessages['moved']) => this.moved.push(message));
    socket.on('mediaLost', (message: ServerMessages['mediaLost']) => this.mediaLost.push(message));
    socket.on('ended', (message: { reason: string }) => this.ended.push(message));
    socket.on('disconnect', (reason) => this.closed.push(reason));
    return socket;
  }
}
