import {
  AppEvent,
  type ConnectionId,
  type ConnectionInfo,
  comparePositions,
  type OwnConnection,
  type Position,
  type PositionedEvent,
  type SessionEvent,
  type Snapshot,
  type StreamId,
  type StreamInfo,
} from '@evercall/protocol';
import { changeStream, sameValue } from './change-stream.js';
import type { SessionChange } from './session-change.js';

interface Remote {
  info: ConnectionInfo;
  streams: Map<StreamId, StreamInfo>;
}

type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

/**
 * What this client knows of its session. Snapshots and events go in, the changes that an application must hear
 * of come out, each once: what is known already makes no change, wherever it is told again.
 */
export class SessionState {
  readonly #remotes = new Map<ConnectionId, Remote>();
  readonly #own: { role: OwnConnection['role']; record: boolean };
  readonly #ownStreams = new Map<StreamId, StreamInfo>();
  readonly ownId: ConnectionId;
  readonly life: number;
  #position: Position;

  private constructor(snapshot: Snapshot) {
    this.ownId = snapshot.connection.connectionId;
    this.life = snapshot.life;
    this.#own = { role: snapshot.connection.role, record: snapshot.connection.record };
    this.#position = snapshot.position;
  }

  /** Starts from the answer to `connect`: own connection, then the others, then their streams. */
  static join(snapshot: Snapshot): { state: SessionState; changes: SessionChange[] } {
    const state = new SessionState(snapshot);
    const { connectionId, createdAt, data } = snapshot.connection;
    const own: SessionChange = { type: 'connectionCreated', connection: { connectionId, createdAt, data } };
    return { state, changes: [own, ...state.#addMissing(snapshot)] };
  }

  /** The place in the event log up to which this state is complete. */
  get position(): Position {
    return this.#position;
  }

  get role(): OwnConnection['role'] {
    return this.#own.role;
  }

  get ownStreamIds(): StreamId[] {
    return [...this.#ownStreams.keys()];
  }

  /** A stream of one's own is published: the answer to `publish` said so. */
  addOwnStream(stream: StreamInfo): void {
    this.#ownStreams.set(stream.streamId, stream);
  }

  /** A stream of one's own is over: the answer to `unpublish` said so. `false` if that was known. */
  removeOwnStream(streamId: StreamId): boolean {
    return this.#ownStreams.delete(streamId);
  }

  /** The log went on without anything for this client. */
  advance(position: Position): void {
    if (comparePositions(position, this.#position) > 0) this.#position = position;
  }

  /** Applies events; those up to the position are known already. */
  apply(events: readonly PositionedEvent[]): SessionChange[] {
    const changes: SessionChange[] = [];
    for (const { position, event } of events) {
      if (comparePositions(position, this.#position) <= 0) continue;
      this.#position = position;
      changes.push(...this.#changesOf(event));
    }
    return changes;
  }

  /**
   * Takes a snapshot over in which more happened than the log can tell, and makes ordinary changes of the
   * difference. Why something ended is not known any more.
   * @param republish streams of one's own that the cluster lost, and that will be published again
   */
  resync(snapshot: Snapshot, republish: readonly StreamId[]): SessionChange[] {
    this.#position = snapshot.position;
    return [
      ...this.#endMissing(snapshot),
      ...this.#endMissingOwn(snapshot, republish),
      ...this.#addMissing(snapshot),
      ...this.#changeOwn('role', snapshot.connection.role),
      ...this.#changeOwn('record', snapshot.connection.record),
    ];
  }

  #changesOf(event: SessionEvent): SessionChange[] {
    switch (event.type) {
      case 'connectionCreated':
        return this.#addConnection(event.connection);
      case 'connectionDestroyed':
        return this.#endConnection(event);
      case 'streamCreated':
        return this.#addStream(event.stream);
      case 'streamDestroyed':
        return this.#endStream(event);
      case 'streamPropertyChanged': {
        const stream = this.#remotes.get(event.connectionId)?.streams.get(event.streamId);
        return stream ? changeStream(stream, event) : [];
      }
      case 'connectionPropertyChanged':
        return event.connectionId === this.ownId
          ? this.#changeOwn(event.changedProperty, event.newValue)
          : [];
      case 'streamMoved':
        return this.#remotes.get(event.connectionId)?.streams.has(event.streamId) ? [event] : [];
      case 'signal':
        return [{ type: 'signal', signalType: event.signalType, data: event.data, from: event.from }];
      case 'app': {
        // What this release doesn't know was told by a newer one.
        const told = AppEvent.safeParse(event);
        return told.success ? [{ type: 'app', from: event.from, ...told.data }] : [];
      }
      case 'sessionClosed':
        return [{ type: 'sessionClosed', reason: event.reason }];
    }
  }

  #addConnection(info: ConnectionInfo): SessionChange[] {
    const { connectionId, createdAt, data } = info;
    if (connectionId === this.ownId || this.#remotes.has(connectionId)) return [];
    const connection = { connectionId, createdAt, data };
    this.#remotes.set(connectionId, { info: connection, streams: new Map() });
    return [{ type: 'connectionCreated', connection }];
  }

  #endConnection({ connectionId, reason }: Omit<EventOf<'connectionDestroyed'>, 'type'>): SessionChange[] {
    const remote = this.#remotes.get(connectionId);
    if (!remote) return [];
    const streams = [...remote.streams.keys()].flatMap((streamId) =>
      this.#endStream({ streamId, connectionId, reason }),
    );
    this.#remotes.delete(connectionId);
    return [...streams, { type: 'connectionDestroyed', connectionId, reason }];
  }

  #addStream(stream: StreamInfo): SessionChange[] {
    const remote = this.#remotes.get(stream.connectionId);
    if (!remote || remote.streams.has(stream.streamId)) return [];
    remote.streams.set(stream.streamId, { ...stream });
    return [{ type: 'streamCreated', stream }];
  }

  #endStream({ streamId, connectionId, reason }: Omit<EventOf<'streamDestroyed'>, 'type'>): SessionChange[] {
    const known =
      connectionId === this.ownId
        ? this.#ownStreams.delete(streamId)
        : (this.#remotes.get(connectionId)?.streams.delete(streamId) ?? false);
    return known ? [{ type: 'streamDestroyed', streamId, connectionId, reason }] : [];
  }

  #changeOwn(property: 'role' | 'record', newValue: OwnConnection['role'] | boolean): SessionChange[] {
    const oldValue = this.#own[property];
    if (sameValue(oldValue, newValue)) return [];
    if (typeof newValue === 'boolean') this.#own.record = newValue;
    else this.#own.role = newValue;
    return [{ type: 'connectionPropertyChanged', changedProperty: property, newValue, oldValue }];
  }

  #endMissing(snapshot: Snapshot): SessionChange[] {
    const present = new Map(snapshot.connections.map((connection) => [connection.connectionId, connection]));
    return [...this.#remotes].flatMap(([connectionId, remote]) => {
      const now = present.get(connectionId);
      if (!now) return this.#endConnection({ connectionId, reason: 'disconnect' });
      const streams = new Set(now.streams.map((stream) => stream.streamId));
      return [...remote.streams.keys()]
        .filter((streamId) => !streams.has(streamId))
        .flatMap((streamId) => this.#endStream({ streamId, connectionId, reason: 'unpublish' }));
    });
  }

  #endMissingOwn(snapshot: Snapshot, republish: readonly StreamId[]): SessionChange[] {
    const present = new Set([...snapshot.connection.streams.map((stream) => stream.streamId), ...republish]);
    return this.ownStreamIds
      .filter((streamId) => !present.has(streamId))
      .flatMap((streamId) =>
        this.#endStream({ streamId, connectionId: this.ownId, reason: 'forceUnpublishByServer' }),
      );
  }

  /** Connections first, then streams; what changed of known streams comes last. */
  #addMissing(snapshot: Snapshot): SessionChange[] {
    const streams = snapshot.connections.flatMap((connection) => connection.streams);
    return [
      ...snapshot.connections.flatMap((connection) => this.#addConnection(connection)),
      ...streams.flatMap((stream) => this.#addStream(stream)),
      ...streams.flatMap((stream) => this.#catchUp(stream)),
    ];
  }

  #catchUp(now: StreamInfo): SessionChange[] {
    const known = this.#remotes.get(now.connectionId)?.streams.get(now.streamId);
    if (!known) return [];
    return (['audioActive', 'videoActive', 'videoDimensions'] as const).flatMap((changedProperty) => {
      const newValue = now[changedProperty];
      if (newValue === undefined) return [];
      const { streamId, connectionId } = now;
      const reason = changedProperty === 'audioActive' ? 'publishAudio' : 'publishVideo';
      return changeStream(known, {
        streamId,
        connectionId,
        changedProperty,
        newValue,
        reason: changedProperty === 'videoDimensions' ? 'screenResized' : reason,
      });
    });
  }
}
