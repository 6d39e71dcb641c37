import type {
  ConsumerInfo,
  Direction,
  MediaSetup,
  Method,
  Params,
  Result,
  TransportState,
} from '@evercall/protocol';
import type { types } from 'mediasoup-client';
import { log } from '../log.js';
import { RequestDroppedError } from '../signal/signal-error.js';
import type { LoadedDevice } from './device-cache.js';
import { IceRestarter, type LinkState } from './ice-restarter.js';
import { playedAt } from './received-track.js';
import { RecvSide } from './recv-side.js';
import { SendSide } from './send-side.js';
import { iceParameters, toWire, transportOptions } from './wire-media.js';

/** Asks the master something about these transports. */
export type AskMedia = <M extends Method>(method: M, params: Params<M>) => Promise<Result<M>>;

export interface MediaSessionOptions {
  setup: MediaSetup;
  device: LoadedDevice;
  iceServers: RTCIceServer[];
  rtcConfiguration: RTCConfiguration;
  ask: AskMedia;
  /** When something of a consumer was decoded last; what the browser says if absent. */
  playedAt?: typeof playedAt;
  onLink(direction: Direction, state: LinkState): void;
  /** A transport is down and restarting it didn't help so far. */
  onFailed(direction: Direction): void;
}

interface Link {
  transport: types.Transport;
  restarter: IceRestarter;
}

/**
 * One connection's media on one media node, in one generation: a transport for each direction and what runs over
 * them. When media goes elsewhere, a new MediaSession takes its place.
 */
export class MediaSession {
  readonly #options: MediaSessionOptions;
  readonly #links = new Map<Direction, Link>();
  #send: SendSide | undefined;
  #recv: RecvSide | undefined;
  #closed = false;
  #retired = false;

  constructor(options: MediaSessionOptions) {
    this.#options = options;
  }

  get generation(): number {
    return this.#options.setup.generation;
  }

  get mediaNodeId(): string {
    return this.#options.setup.mediaNodeId;
  }

  get device(): LoadedDevice {
    return this.#options.device;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** What is sent, if anything was so far. */
  get sending(): SendSide | undefined {
    return this.#send;
  }

  /** What is received, if anything was so far. */
  get receiving(): RecvSide | undefined {
    return this.#recv;
  }

  /**
   * What is sent; the transport is made at the first use.
   * @throws {RequestDroppedError} another session has taken over
   */
  get send(): SendSide {
    this.#send ??= new SendSide(this.#link('send').transport, this.#options.device.device);
    return this.#send;
  }

  /**
   * What is received; the transport is made at the first use.
   * @throws {RequestDroppedError} another session has taken over
   */
  get recv(): RecvSide {
    this.#recv ??= new RecvSide(this.#link('recv').transport, this.#options.playedAt ?? playedAt);
    return this.#recv;
  }

  /** As a resume tells it. A transport that was not needed yet is as good as new. */
  states(): { send: TransportState; recv: TransportState } {
    const stateOf = (direction: Direction) => this.#links.get(direction)?.transport.connectionState ?? 'new';
    return { send: stateOf('send'), recv: stateOf('recv') };
  }

  /** Whether every transport that is used carries media. */
  get connected(): boolean {
    return [...this.#links.keys()].every((direction) => this.isConnected(direction));
  }

  /** Whether the transport of a direction carries media. */
  isConnected(direction: Direction): boolean {
    return this.#links.get(direction)?.transport.connectionState === 'connected';
  }

  /** Whether a transport that is used has failed. */
  get failed(): boolean {
    return [...this.#links.values()].some(({ transport }) => transport.connectionState === 'failed');
  }

  /** Connects the receive transport although there may be nothing to receive over it yet. */
  async warmUp(): Promise<void> {
    if (this.#options.setup.consumers.length > 0) return;
    const codecs = this.#options.device.device.recvRtpCapabilities.codecs ?? [];
    const codec = codecs.find(({ mimeType }) => mimeType.toLowerCase() === 'audio/opus');
    if (codec) await this.recv.warmUp(codec);
  }

  /** Consumers of a stream that the media node made before they were asked for. */
  prepared(streamId: string): ConsumerInfo[] {
    return this.#options.setup.consumers.filter((consumer) => consumer.streamId === streamId);
  }

  /**
   * The peer connection of one direction, if there is one. mediasoup-client has no accessor for it, which costs
   * applications that look at it themselves nothing but this: if the field moves, they get none.
   */
  peerConnection(direction: Direction): RTCPeerConnection | undefined {
    const transport = this.#links.get(direction)?.transport;
    const found: unknown = transport ? Reflect.get(transport.handler, '_pc') : undefined;
    return found instanceof RTCPeerConnection ? found : undefined;
  }

  /** Restarts ICE of one direction now. */
  async restart(direction: Direction): Promise<void> {
    await this.#links.get(direction)?.restarter.now();
  }

  /** Restarts ICE of the transports that are down, or also of those that seem to be well: the network is another one. */
  async revive(which: 'broken' | 'all'): Promise<void> {
    if (this.#retired) return;
    const worth = (state: types.ConnectionState) =>
      state === 'disconnected' || state === 'failed' || (state === 'connected' && which === 'all');
    const links = [...this.#links.values()].filter(({ transport }) => worth(transport.connectionState));
    await Promise.all(links.map(({ restarter }) => restarter.now()));
  }

  /** Another session takes over: this one is repaired no more and nothing is told of its links. */
  retire(): void {
    this.#retired = true;
    for (const { restarter } of this.#links.values()) restarter.close();
  }

  /** Nothing that is sent arrives any more; what was received last is still shown. */
  closeSending(): void {
    this.#send = undefined;
    const link = this.#links.get('send');
    this.#links.delete('send');
    link?.transport.close();
  }

  /** Ends transports, producers and consumers; tracks that are sent live on. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.retire();
    for (const { transport } of this.#links.values()) transport.close();
  }

  #link(direction: Direction): Link {
    const known = this.#links.get(direction);
    if (known) return known;
    if (this.#retired) throw new RequestDroppedError('mediaReplaced');
    const link = this.#createLink(direction);
    this.#links.set(direction, link);
    return link;
  }

  #createLink(direction: Direction): Link {
    const { setup, device, ask } = this.#options;
    const generation = setup.generation;
    const options = {
      ...transportOptions(setup[direction]),
      iceServers: this.#options.iceServers,
      additionalSettings: this.#options.rtcConfiguration,
    };
    const transport =
      direction === 'send'
        ? device.device.createSendTransport(options)
        : device.device.createRecvTransport(options);
    const restarter = new IceRestarter({
      restart: async () => {
        const answer = await ask('restartIce', { direction, generation });
        if (transport.closed) return;
        await transport.restartIce({ iceParameters: iceParameters(answer.iceParameters) });
      },
      onFailed: () => this.#options.onFailed(direction),
      onError: (error) => log.warn(`ICE of the ${direction} transport could not be restarted`, error),
    });
    // What needs the transport may be sent right behind: the master carries a connection's requests out in order.
    transport.on('connect', ({ dtlsParameters }, done) => {
      ask('connectTransport', { direction, generation, dtlsParameters: toWire(dtlsParameters) }).catch(
        (error: unknown) => {
          if (error instanceof RequestDroppedError) return;
          log.warn(`the ${direction} transport was not connected`, error);
        },
      );
      done();
    });
    // The master hears of the tracks of a stream in one request, after both have parameters.
    transport.on('produce', ({ appData }, done) => done({ id: String(appData['id']) }));
    transport.on('connectionstatechange', (state) => {
      if (this.#retired) return;
      restarter.changed(state);
      this.#options.onLink(direction, state);
    });
    return { transport, restarter };
  }
}
