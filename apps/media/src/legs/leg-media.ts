import type { Inventory, Leg } from '@evercall/media-protocol';
import type { ConnectionId, Direction, MediaKind, StreamId } from '@evercall/protocol';
import type { types } from 'mediasoup';
import type { MediaWorker } from '../workers/media-worker.js';
import { ConnectionMedia } from './connection-media.js';
import { StreamMedia } from './stream-media.js';
import { TransportMedia } from './transport-media.js';

export interface LegMediaOptions {
  leg: Leg;
  worker: MediaWorker;
  router: types.Router;
  /** Milliseconds of the node's clock. */
  openedAt: number;
  onTransportFailed: (connectionId: ConnectionId, direction: Direction) => void;
}

/** How many objects there are. */
export interface MediaCounts {
  transports: number;
  producers: number;
  consumers: number;
}

/**
 * The media of one session on this node: a router and everything on it, by our own ids.
 *
 * What ends with what:
 *
 * - leg → router → everything
 * - connection → its transports, its streams, its consumers
 * - send transport → the producers on it; a stream without producers ends
 * - receive transport → the consumers on it
 * - stream → its producers, and every consumer of them, whoever receives
 *
 * Everything is ended from here, at once and downwards, so that this table never shows what mediasoup has already
 * ended. mediasoup's own notices (`transportclose`, `producerclose`) would arrive later and aren't listened to.
 * A worker that dies ends its legs as a whole.
 */
export class LegMedia {
  readonly leg: Leg;
  readonly worker: MediaWorker;
  readonly router: types.Router;
  readonly openedAt: number;
  readonly #onTransportFailed: LegMediaOptions['onTransportFailed'];
  readonly #connections = new Map<ConnectionId, ConnectionMedia>();
  readonly #streams = new Map<StreamId, StreamMedia>();

  constructor({ leg, worker, router, openedAt, onTransportFailed }: LegMediaOptions) {
    this.leg = leg;
    this.worker = worker;
    this.router = router;
    this.openedAt = openedAt;
    this.#onTransportFailed = onTransportFailed;
  }

  /** Whether the router is gone: closed, or lost with its worker. */
  get closed(): boolean {
    return this.router.closed;
  }

  connection(connectionId: ConnectionId): ConnectionMedia | undefined {
    return this.#connections.get(connectionId);
  }

  stream(streamId: StreamId): StreamMedia | undefined {
    return this.#streams.get(streamId);
  }

  /** Puts a transport in its place; the one that was there ends with what is on it. */
  setTransport(
    { connectionId, direction }: { connectionId: ConnectionId; direction: Direction },
    transport: types.WebRtcTransport,
    now: number,
  ): TransportMedia {
    const connection = this.#connections.get(connectionId) ?? new ConnectionMedia(connectionId, now);
    this.#connections.set(connectionId, connection);
    this.#closeTransport(connection, direction);
    const media = new TransportMedia(transport, () => this.#onTransportFailed(connectionId, direction));
    connection.transports.set(direction, media);
    return media;
  }

  /** Adds a producer; of a track that has none. */
  addProducer(
    { connectionId, streamId }: { connectionId: ConnectionId; streamId: StreamId },
    producer: types.Producer,
    now: number,
  ): void {
    const stream = this.#streams.get(streamId) ?? new StreamMedia({ streamId, connectionId, openedAt: now });
    this.#streams.set(streamId, stream);
    stream.producers.set(producer.kind, producer);
  }

  closeStream(streamId: StreamId): void {
    const stream = this.#streams.get(streamId);
    if (stream === undefined) return;
    this.#streams.delete(streamId);
    for (const connection of this.#connections.values()) connection.closeConsumers(streamId);
    stream.close();
  }

  closeConnection(connectionId: ConnectionId): void {
    const connection = this.#connections.get(connectionId);
    if (connection === undefined) return;
    this.#closeTransport(connection, 'send');
    this.#closeTransport(connection, 'recv');
    this.#connections.delete(connectionId);
  }

  /** Ends everything. May be called again. */
  close(): void {
    this.#connections.clear();
    this.#streams.clear();
    this.router.close();
  }

  counts(): MediaCounts {
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    const connections = [...this.#connections.values()];
    return {
      transports: sum(connections.map(({ transports }) => transports.size)),
      producers: sum([...this.#streams.values()].map(({ producers }) => producers.size)),
      consumers: sum(connections.map((connection) => connection.consumers().length)),
    };
  }

  /** What lives here, with ages at `now`. */
  inventory(now: number): Inventory['legs'][number] {
    const kinds: MediaKind[] = ['audio', 'video'];
    const age = (openedAt: number): number => Math.max(0, Math.floor(now - openedAt));
    return {
      leg: this.leg,
      worker: this.worker.index,
      ageMs: age(this.openedAt),
      connections: [...this.#connections.values()].map(({ connectionId, openedAt, transports }) => ({
        connectionId,
        ageMs: age(openedAt),
        transports: [...transports.keys()],
      })),
      streams: [...this.#streams.values()].map(({ streamId, connectionId, openedAt, producers }) => ({
        streamId,
        connectionId,
        ageMs: age(openedAt),
        kinds: kinds.filter((kind) => producers.has(kind)),
      })),
    };
  }

  #closeTransport(connection: ConnectionMedia, direction: Direction): void {
    if (direction === 'send') {
      for (const { streamId, connectionId } of this.#streams.values()) {
        if (connectionId === connection.connectionId) this.closeStream(streamId);
      }
    } else {
      connection.closeAllConsumers();
    }
    connection.transports.get(direction)?.close();
    connection.transports.delete(direction);
  }
}
