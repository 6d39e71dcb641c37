import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  IdFactory,
  isRetryable,
  type MediaSetup,
  type Method,
  type Params,
  parseToken,
  protocolVersion,
  type Result,
  type RtpCapabilities,
  type ServerMessages,
  type StreamId,
} from '@evercall/protocol';
import { dtlsParameters } from '@evercall/testing';
import { microphone } from './light-rtp.ts';
import { LightSocket, Refused } from './light-socket.ts';
import { LightView } from './light-view.ts';

const ids = new IdFactory((length) => randomBytes(length));
const retryMs = 100;
const giveUpMs = 40_000;

/** What a request was for is gone. */
class Outdated extends Error {}

/** Speaks the client's protocol as the SDK does, without a browser: it resumes, retries and publishes again, no media flows. */
export class LightClient {
  readonly view = new LightView();
  readonly #origin: string;
  readonly #token: string;
  readonly #name: string;
  readonly #published = new Set<StreamId>();
  #socket: LightSocket | undefined;
  #returning = false;
  #media: MediaSetup | undefined;
  #capabilities: { hash: string; rtpCapabilities: RtpCapabilities } = { hash: '', rtpCapabilities: {} };
  #resumeToken = '';
  #joined: Result<'connect'> | undefined;
  #ended: string | undefined;

  private constructor(token: string, name: string) {
    this.#origin = parseToken(token)?.origin.replace(/^ws/, 'http') ?? '';
    this.#token = token;
    this.#name = name;
  }

  static async join(token: string, name: string): Promise<LightClient> {
    const client = new LightClient(token, name);
    const id = ids.mutationId();
    await client.#patiently(() => client.#connect(id));
    return client;
  }

  get connectionId() {
    if (!this.#joined) throw new Error('not joined');
    return this.#joined.snapshot.connection.connectionId;
  }

  /** Why the cluster ended the connection, if it did. */
  get ended(): string | undefined {
    return this.#ended;
  }

  async say(text: string): Promise<void> {
    await this.#ask('signal', { type: 'said', data: text, to: [] });
  }

  async publish(): Promise<StreamId> {
    const streamId = ids.streamId('MIC', this.connectionId);
    this.#published.add(streamId);
    await this.#publishOn(streamId);
    this.#showOwn();
    return streamId;
  }

  async unpublish(streamId: StreamId): Promise<void> {
    this.#published.delete(streamId);
    await this.#ask('unpublish', { streamId });
    this.#showOwn();
  }

  /** The socket goes without a word; the client comes back by itself. */
  drop(): void {
    this.#socket?.drop();
  }

  async leave(): Promise<void> {
    this.#ended = 'disconnect';
    // Without an answer the cluster notices by itself, when nobody has come back for a while.
    await this.#socket?.ask('leave', {}, ids.mutationId()).catch(() => undefined);
    this.#socket?.close();
  }

  async #connect(id: ReturnType<typeof ids.mutationId>): Promise<void> {
    const socket = await this.#open();
    const joined = await this.#withCapabilities(() =>
      socket.ask(
        'connect',
        { ...this.#hello(), token: this.#token, clientData: this.#name, platform: 'node', sdkVersion: '0' },
        id,
      ),
    );
    this.#joined = joined;
    this.view.replace(joined.snapshot);
    this.#adopt(socket, joined);
    await this.#takeMedia(joined.media);
  }

  async #resume(): Promise<void> {
    const media = this.#media;
    if (!media || this.#ended !== undefined) return;
    const socket = await this.#open();
    const resumed = await this.#withCapabilities(() =>
      socket.ask(
        'resume',
        {
          ...this.#hello(),
          resumeToken: this.#resumeToken,
          position: this.view.position,
          generation: media.generation,
          transports: { send: 'connected', recv: 'connected' },
          streams: [...this.#published],
          subscriptions: [],
        },
        ids.mutationId(),
      ),
    );
    if (resumed.snapshot) this.view.replace(resumed.snapshot);
    this.view.apply(resumed.events);
    this.view.advance(resumed.position);
    this.#showOwn();
    this.#adopt(socket, resumed);
    if (resumed.media) await this.#takeMedia(resumed.media);
    else await this.#publishAgain(resumed.republish);
  }

  async #open(): Promise<LightSocket> {
    const socket: LightSocket = await LightSocket.open(this.#origin, {
      onMessage: (name, message) => this.#receive(name, message),
      onClose: () => this.#lost(socket),
    });
    return socket;
  }

  #adopt(socket: LightSocket, { resumeToken }: { resumeToken: string }): void {
    this.#resumeToken = resumeToken;
    const old = this.#socket;
    this.#socket = socket;
    old?.close();
  }

  #lost(socket: LightSocket): void {
    if (socket !== this.#socket || this.#ended !== undefined) return;
    this.#socket = undefined;
    this.#comeBack();
  }

  #comeBack(): void {
    if (this.#returning) return;
    this.#returning = true;
    this.#patiently(() => this.#resume())
      .catch((error: unknown) => {
        const reason = error instanceof Refused ? error.answer.reason : undefined;
        this.#ended ??= reason ?? String(error);
      })
      .finally(() => {
        this.#returning = false;
        // It may have been lost again in the moment in which this was done with it.
        if (!this.#socket && this.#ended === undefined) this.#comeBack();
      });
  }

  #receive<Name extends keyof ServerMessages>(name: Name, message: ServerMessages[Name]): void {
    const told = { name, message } as {
      [Each in keyof ServerMessages]: { name: Each; message: ServerMessages[Each] };
    }[keyof ServerMessages];
    if (told.name === 'events') this.view.apply(told.message);
    else if (told.name === 'position') this.view.advance(told.message);
    else if (told.name === 'resync') this.#resync(told.message.snapshot);
    else if (told.name === 'moved') void this.#takeMedia(told.message.media).catch(() => undefined);
    else if (told.name === 'goAway') setTimeout(() => this.#comeBack(), told.message.delayMs);
    else if (told.name === 'ended') this.#ended = told.message.reason;
  }

  #resync(snapshot: ServerMessages['resync']['snapshot']): void {
    this.view.replace(snapshot);
    const known = new Set(snapshot.connection.streams.map(({ streamId }) => streamId));
    const missing = [...this.#published].filter((streamId) => !known.has(streamId));
    this.#showOwn();
    void this.#publishAgain(missing).catch(() => undefined);
  }

  async #takeMedia(media: MediaSetup): Promise<void> {
    if (this.#media && media.generation < this.#media.generation) return;
    this.#media = media;
    await this.#publishAgain([...this.#published]);
    const { generation } = media;
    await this.#askOn(generation, 'moveDone', { generation });
  }

  async #publishAgain(streams: readonly StreamId[]): Promise<void> {
    for (const streamId of streams) if (this.#published.has(streamId)) await this.#publishOn(streamId);
  }

  /** On the media of now, whatever happens to it meanwhile. */
  async #publishOn(streamId: StreamId): Promise<void> {
    for (;;) {
      const generation = this.#media?.generation ?? 0;
      try {
        await this.#askOn(generation, 'connectTransport', { direction: 'send', generation, dtlsParameters });
        const options = { hasAudio: true, audioActive: true, hasVideo: false };
        const tracks = [{ kind: 'audio' as const, rtpParameters: microphone() }];
        await this.#askOn(generation, 'publish', { streamId, options, tracks, generation });
        return;
      } catch (error) {
        if (generation === this.#media?.generation) throw error;
      }
    }
  }

  #askOn<M extends Method>(generation: number, method: M, params: Params<M>): Promise<Result<M>> {
    return this.#ask(method, params, () => generation === this.#media?.generation);
  }

  /** Under one id until it is answered, on whatever socket there is. */
  async #ask<M extends Method>(method: M, params: Params<M>, isWanted = () => true): Promise<Result<M>> {
    const id = ids.mutationId();
    return this.#patiently(async () => {
      if (!isWanted()) throw new Outdated(`${method} is for media that is gone`);
      if (this.#ended !== undefined) throw new Outdated(`${method} comes after the end: ${this.#ended}`);
      if (!this.#socket) throw new Error('no socket yet');
      return this.#socket.ask(method, params, id);
    });
  }

  async #patiently<T>(act: () => Promise<T>): Promise<T> {
    const until = performance.now() + giveUpMs;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        const isFinal =
          error instanceof Outdated || (error instanceof Refused && !isRetryable(error.answer.code));
        if (isFinal || performance.now() > until) throw error;
      }
      await sleep(retryMs);
    }
  }

  async #withCapabilities<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || !error.answer.capabilities) throw error;
      this.#capabilities = error.answer.capabilities;
      return ask();
    }
  }

  #showOwn(): void {
    this.view.setOwn(this.connectionId, this.#published);
  }

  #hello() {
    const { hash: capabilitiesHash, rtpCapabilities } = this.#capabilities;
    return { protocol: protocolVersion, capabilitiesHash, rtpCapabilities };
  }
}
