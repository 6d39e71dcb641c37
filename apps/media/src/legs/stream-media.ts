import type { ConnectionId, MediaKind, StreamId } from '@evercall/protocol';
import type { types } from 'mediasoup';

/** What a connection publishes: at most one producer of each kind. */
export class StreamMedia {
  readonly streamId: StreamId;
  readonly connectionId: ConnectionId;
  /** Milliseconds of the node's clock. */
  readonly openedAt: number;
  readonly producers = new Map<MediaKind, types.Producer>();

  constructor(options: { streamId: StreamId; connectionId: ConnectionId; openedAt: number }) {
    this.streamId = options.streamId;
    this.connectionId = options.connectionId;
    this.openedAt = options.openedAt;
  }

  close(): void {
    for (const producer of this.producers.values()) producer.close();
    this.producers.clear();
  }
}
