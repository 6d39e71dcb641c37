import type { MediaKind, TrackOffer, VideoCodec } from '@evercall/protocol';
import type { Device, types } from 'mediasoup-client';
import { encodingsOf, forcedCodec } from './encodings.js';
import { trackOffer } from './wire-media.js';

/** A track to send. */
export interface OutgoingTrack {
  track: MediaStreamTrack;
  /** `false`: muted. */
  active: boolean;
}

export interface OutgoingStream {
  streamId: string;
  tracks: OutgoingTrack[];
  simulcast: boolean;
  codec: VideoCodec;
}

/** The producers on the send transport. */
export class SendSide {
  readonly #transport: types.Transport;
  readonly #device: Device;
  readonly #producers = new Map<string, Promise<types.Producer>>();

  constructor(transport: types.Transport, device: Device) {
    this.#transport = transport;
    this.#device = device;
  }

  /**
   * Prepares the tracks of a stream for sending and returns what the media node must know of them. Tracks that are
   * sent already stay as they are: the media node hears the same of them again.
   * @throws {TypeError} the browser can't send the forced codec
   * @throws {Error} a track ended, or the transport is closed
   */
  async produce(stream: OutgoingStream): Promise<TrackOffer[]> {
    try {
      const producers = await Promise.all(stream.tracks.map((outgoing) => this.#producer(stream, outgoing)));
      return producers.map(trackOffer);
    } catch (error) {
      this.closeStream(stream.streamId);
      throw error;
    }
  }

  /** Stops or starts sending a track; nothing is sent while it is muted, not even silence. */
  setActive(streamId: string, kind: MediaKind, active: boolean): void {
    this.#use(streamId, kind, (producer) => (active ? producer.resume() : producer.pause()));
  }

  /** Sends another track of the same kind. */
  async replaceTrack(streamId: string, track: MediaStreamTrack | null, kind: MediaKind): Promise<void> {
    await (await this.#producers.get(keyOf(streamId, kind)))?.replaceTrack({ track });
  }

  closeStream(streamId: string): void {
    for (const kind of ['audio', 'video'] as const) {
      this.#use(streamId, kind, (producer) => producer.close());
      this.#producers.delete(keyOf(streamId, kind));
    }
  }

  /** The browser's statistics of one track. */
  stats(streamId: string, kind: MediaKind): Promise<RTCStatsReport> | undefined {
    return this.#producers.get(keyOf(streamId, kind))?.then(async (producer) => producer.getStats());
  }

  #producer(stream: OutgoingStream, outgoing: OutgoingTrack): Promise<types.Producer> {
    const key = keyOf(stream.streamId, outgoing.track.kind);
    const known = this.#producers.get(key);
    if (known) return known;
    const producer = this.#produce(stream, outgoing);
    this.#producers.set(key, producer);
    producer.catch(() => {
      if (this.#producers.get(key) === producer) this.#producers.delete(key);
    });
    return producer;
  }

  async #produce({ streamId, ...stream }: OutgoingStream, outgoing: OutgoingTrack): Promise<types.Producer> {
    const { track, active } = outgoing;
    const producer = await this.#transport.produce({
      track,
      ...(track.kind === 'video' ? this.#videoOptions(stream, track) : {}),
      stopTracks: false,
      zeroRtpOnPause: true,
      disableTrackOnPause: true,
      appData: { id: keyOf(streamId, track.kind) },
    });
    if (!active) producer.pause();
    return producer;
  }

  #use(streamId: string, kind: MediaKind, act: (producer: types.Producer) => void): void {
    this.#producers.get(keyOf(streamId, kind))?.then(
      act,
      // Making it failed, which `produce` has told.
      () => undefined,
    );
  }

  #videoOptions(
    stream: Omit<OutgoingStream, 'streamId'>,
    track: MediaStreamTrack,
  ): Partial<types.ProducerOptions> {
    const { width = 0, height = 0 } = track.getSettings();
    const codec = forcedCodec(this.#device.sendRtpCapabilities.codecs ?? [], stream.codec);
    const encodings = encodingsOf({
      simulcast: stream.simulcast,
      codec: stream.codec,
      width,
      height,
      contentHint: track.contentHint,
    });
    return { ...(codec ? { codec } : {}), ...(encodings ? { encodings } : {}) };
  }
}

function keyOf(streamId: string, kind: string): string {
  return `${streamId}/${kind}`;
}
