import type { ConsumerInfo } from '@evercall/protocol';
import type { types } from 'mediasoup-client';
import type { ReceivedTrack } from './received-track.js';
import { consumerOptions } from './wire-media.js';

/** Id of everything about the track that only makes the browser connect. Media nodes number theirs. */
const warmUpId = 'warm-up';
/** mediasoup takes numbers from 100000000 on; mediasoup-client uses 1234 for its probation. */
const warmUpSsrc = 1235;

/** The consumers on the receive transport. */
export class RecvSide {
  readonly #transport: types.Transport;
  readonly #playedAt: (consumer: types.Consumer) => number | undefined;
  readonly #consumers = new Map<string, { streamId: string; consumer: Promise<types.Consumer> }>();

  constructor(transport: types.Transport, playedAt: (consumer: types.Consumer) => number | undefined) {
    this.#transport = transport;
    this.#playedAt = playedAt;
  }

  /**
   * Sets the browser up to receive; a consumer that is there already is answered again.
   * @returns the tracks, in the order of `infos`
   * @throws {Error} the browser can't receive it, or the transport is closed
   */
  async consume(infos: readonly ConsumerInfo[]): Promise<ReceivedTrack[]> {
    const consumers = infos.map((info) => {
      const known = this.#consumers.get(info.id);
      if (known) return known.consumer;
      const consumer = this.#transport.consume(consumerOptions(info));
      this.#consumers.set(info.id, { streamId: info.streamId, consumer });
      consumer.catch(() => this.#consumers.delete(info.id));
      return consumer;
    });
    const ready = await Promise.all(consumers);
    return infos.flatMap(({ id, kind, producerPaused }, index) => {
      const consumer = ready[index];
      if (!consumer) return [];
      const { track } = consumer;
      return { id, kind, track, muted: producerPaused, playedAt: () => this.#playedAt(consumer) };
    });
  }

  /**
   * Connects the transport before there is anything to receive: a browser does so with its first track only. This one never
   * gets a packet, and nobody sees it.
   * @param codec what any media node sends
   * @throws {Error} the transport is closed
   */
  async warmUp(codec: types.RtpCodecCapability): Promise<void> {
    if (this.#consumers.size > 0) return;
    await this.#transport.consume({
      id: warmUpId,
      producerId: warmUpId,
      kind: 'audio',
      streamId: warmUpId,
      rtpParameters: emptyTrack(codec),
    });
  }

  /** Ends the receiving of a stream, but for the consumers named by `keep`. */
  closeStream(streamId: string, keep: readonly string[] = []): void {
    for (const [id, entry] of this.#consumers) {
      if (entry.streamId !== streamId || keep.includes(id)) continue;
      this.#consumers.delete(id);
      void entry.consumer.then(
        (consumer) => consumer.close(),
        // Setting it up failed, which `consume` has told.
        () => undefined,
      );
    }
  }

  /** The browser's statistics of each track of a stream. */
  async stats(streamId: string): Promise<RTCStatsReport[]> {
    const entries = [...this.#consumers.values()].filter((entry) => entry.streamId === streamId);
    return Promise.all(entries.map(async (entry) => (await entry.consumer).getStats()));
  }
}

/** A track that nobody sends. */
function emptyTrack({ preferredPayloadType, ...codec }: types.RtpCodecCapability): types.RtpParameters {
  const { mimeType, clockRate, channels } = codec;
  return {
    mid: warmUpId,
    codecs: [
      {
        mimeType,
        clockRate,
        ...(channels === undefined ? {} : { channels }),
        payloadType: preferredPayloadType ?? 100,
      },
    ],
    headerExtensions: [],
    encodings: [{ ssrc: warmUpSsrc }],
    rtcp: { cname: warmUpId, reducedSize: true },
  };
}
