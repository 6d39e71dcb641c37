import type { ConnectionId, ConnectionInfo, Role } from '@evercall/protocol';
import type { Stream } from './stream.js';

/** One participant's membership of the session. */
export class Connection {
  readonly connectionId: string;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  /** `clientData%/%serverData`; one of the two alone if the other is empty. */
  readonly data: string;
  /** Own connection only. */
  role: Role | undefined;
  /** Own connection only. */
  record: boolean | undefined;
  /** The connection is over. */
  disposed = false;
  readonly #id: ConnectionId;
  #streams: Stream[] = [];

  /** The SDK makes them. */
  constructor(info: ConnectionInfo) {
    this.#id = info.connectionId;
    this.connectionId = info.connectionId;
    this.creationTime = info.createdAt;
    this.data = info.data;
  }

  /** The first of its streams. */
  get stream(): Stream | undefined {
    return this.#streams[0];
  }

  /** All its streams (camera, screen), oldest first. */
  get streams(): readonly Stream[] {
    return this.#streams;
  }

  /** @internal */
  get id(): ConnectionId {
    return this.#id;
  }

  /** @internal */
  addStream(stream: Stream): void {
    this.#streams = [...this.#streams, stream];
  }

  /** @internal */
  removeStream(stream: Stream): void {
    this.#streams = this.#streams.filter((other) => other !== stream);
  }
}
