import type { ConsumerInfo } from '@evercall/protocol';
import type { types } from 'mediasoup-client';
import { consumerOptions } from './wire-media.js';

/** The consumers on the receive transport. */
export class RecvSide {
  readonly #transport: types.Transport;
  readonly #consumers = new Map<string, { streamId: string; consumer: Promise<types.Consumer> }>();

  constructor(transport: types.Transport) {
    this.#transport = transport;
  }

  /**
   * Sets the browser up to receive; a consumer that is there already is answered again.
   * @returns the tracks, in the order of `infos`
   * @throws {Error} the browser can't receive it, or the transport is closed
   */
  async consume(infos: readonly ConsumerInfo[]): Promise<MediaStreamTrack[]> {
    const consumers = infos.map((info) => {
      const known = this.#consumers.get(info.id);
      if (known) return known.consumer;
      const consumer = this.#transport.consume(consumerOptions(info));
      this.#consumers.set(info.id, { streamId: info.streamId, consumer });
      consumer.catch(() => this.#consumers.delete(info.id));
      return consumer;
    });
    return (await Promise.all(consumers)).map((consumer) => consumer.track);
  }

  /** Ends the receiving of a stream. */
  closeStream(streamId: string): void {
    for (const [id, entry] of this.#consumers) {
      if (entry.streamId !== streamId) continue;
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
