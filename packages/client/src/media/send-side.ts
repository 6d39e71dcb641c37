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
  readonly #producers = new Map<string, types.Producer>();

  constructor(transport: types.Transport, device: Device) {
    this.#transport = transport;
    this.#device = device;
  }

  /**
   * Prepares the tracks of a stream for sending and returns what the media node must know of them.
   * @throws {TypeError} the browser can't send the forced codec
   * @throws {Error} a track ended, or the transport is closed
   */
  async produce(stream: OutgoingStream): Promise<TrackOffer[]> {
    try {
      const producers = await Promise.all(stream.tracks.map((outgoing) => this.#produce(stream, outgoing)));
      return producers.map(trackOffer);
    } catch (error) {
      this.closeStream(stream.streamId);
      throw error;
    }
  }

  /** Stops or starts sending a track; nothing is sent while it is muted, not even silence. */
  setActive(streamId: string, kind: MediaKind, active: boolean): void {
    const producer = this.#producers.get(keyOf(streamId, kind));
    if (active) producer?.resume();
    else producer?.pause();
  }

  /** Sends another track of the same kind. */
  async replaceTrack(streamId: string, track: MediaStreamTrack | null, kind: MediaKind): Promise<void> {
    await this.#producers.get(keyOf(streamId, kind))?.replaceTrack({ track });
  }

  closeStream(streamId: string): void {
    for (const kind of ['audio', 'video'] as const) {
      this.#producers.get(keyOf(streamId, kind))?.close();
      this.#producers.delete(keyOf(streamId, kind));
    }
  }

  /** The browser's statistics of one track. */
  stats(streamId: string, kind: MediaKind): Promise<RTCStatsReport> | undefined {
    return this.#producers.get(keyOf(streamId, kind))?.getStats();
  }

  async #produce(stream: OutgoingStream, outgoing: OutgoingTrack): Promise<types.Producer> {
    const { track, active } = outgoing;
    const id = keyOf(stream.streamId, track.kind);
    const producer = await this.#transport.produce({
      track,
      ...(track.kind === 'video' ? this.#videoOptions(stream, track) : {}),
      stopTracks: false,
      zeroRtpOnPause: true,
      disableTrackOnPause: true,
      appData: { id },
    });
    this.#producers.set(id, producer);
    if (!active) producer.pause();
    return producer;
  }

  #videoOptions(stream: OutgoingStream, track: MediaStreamTrack): Partial<types.ProducerOptions> {
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
