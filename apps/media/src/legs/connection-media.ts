import type { ConnectionId, Direction, MediaKind, StreamId } from '@evercall/protocol';
import type { types } from 'mediasoup';
import type { TransportMedia } from './transport-media.js';

/** One participant's transports, and the consumers of what it receives. */
export class ConnectionMedia {
  readonly connectionId: ConnectionId;
  /** Milliseconds of the node's clock. */
  readonly openedAt: number;
  readonly transports = new Map<Direction, TransportMedia>();
  readonly #consumers = new Map<StreamId, Map<MediaKind, types.Consumer>>();

  constructor(connectionId: ConnectionId, openedAt: number) {
    this.connectionId = connectionId;
    this.openedAt = openedAt;
  }

  consumers(): types.Consumer[] {
    return [...this.#consumers.values()].flatMap((ofStream) => [...ofStream.values()]);
  }

  /** The consumers of a stream, by kind. */
  consumersOf(streamId: StreamId): ReadonlyMap<MediaKind, types.Consumer> {
    return this.#consumers.get(streamId) ?? new Map<MediaKind, types.Consumer>();
  }

  addConsumer(streamId: StreamId, consumer: types.Consumer): void {
    const ofStream = this.#consumers.get(streamId) ?? new Map<MediaKind, types.Consumer>();
    ofStream.set(consumer.kind, consumer);
    this.#consumers.set(streamId, ofStream);
  }

  closeConsumers(streamId: StreamId): void {
    for (const consumer of this.consumersOf(streamId).values()) consumer.close();
    this.#consumers.delete(streamId);
  }

  closeAllConsumers(): void {
    for (const streamId of this.#consumers.keys()) this.closeConsumers(streamId);
  }
}
