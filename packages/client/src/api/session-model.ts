import type { ConnectionId, ConnectionInfo, Snapshot, StreamId, StreamInfo } from '@evercall/protocol';
import type { MediaSession } from '../media/media-session.js';
import type { SessionChange } from '../session/session-change.js';
import { Connection } from './connection.js';
import type { SessionEventMap } from './event-maps.js';
import {
  AppEventEvent,
  ConnectionEvent,
  ConnectionPropertyChangedEvent,
  type Event,
  SignalEvent,
  StreamEvent,
  StreamPropertyChangedEvent,
} from './events.js';
import type { Publisher } from './publisher.js';
import type { Session } from './session.js';
import { factsOf, Stream } from './stream.js';

type Emit = <Type extends keyof SessionEventMap>(type: Type, event: SessionEventMap[Type]) => void;
type ChangeOf<Type extends SessionChange['type']> = Extract<SessionChange, { type: Type }>;

export interface SessionModelOptions {
  session: Session;
  emit: Emit;
  media: () => MediaSession | undefined;
  /** The publisher of a stream of one's own. */
  publisherOf: (streamId: StreamId) => Publisher | undefined;
  /** A remote stream is over. */
  forget: (stream: Stream) => void;
}

/** The objects that an application sees of a session, and the events that it hears of changes. */
export class SessionModel {
  readonly #options: SessionModelOptions;
  readonly connection: Connection;
  readonly remoteConnections = new Map<string, Connection>();
  readonly #streams = new Map<StreamId, Stream>();

  constructor(snapshot: Snapshot, options: SessionModelOptions) {
    this.#options = options;
    this.connection = new Connection(snapshot.connection);
    this.connection.role = snapshot.connection.role;
    this.connection.record = snapshot.connection.record;
  }

  apply(change: SessionChange): void {
    switch (change.type) {
      case 'connectionCreated':
        return this.#connectionCreated(change.connection);
      case 'connectionDestroyed':
        return this.#connectionDestroyed(change);
      case 'streamCreated':
        return this.#streamCreated(change.stream);
      case 'streamDestroyed':
        return this.#streamDestroyed(change);
      case 'streamPropertyChanged':
        return this.#streamPropertyChanged(change);
      case 'connectionPropertyChanged':
        return this.#connectionPropertyChanged(change);
      case 'signal':
        return this.#signal(change);
      case 'app':
        return this.#told(change);
      case 'streamMoved':
        // The same stream, from another media node: nothing that an application sees.
        return undefined;
      case 'sessionClosed':
        // The end of one's own connection follows.
        return undefined;
    }
  }

  /** The connection is over: the others are gone for this client, and their videos leave the page. */
  dispose(): void {
    this.connection.disposed = true;
    for (const stream of this.#streams.values()) disposeRemote(stream);
    for (const connection of this.remoteConnections.values()) connection.disposed = true;
    this.#streams.clear();
    this.remoteConnections.clear();
  }

  #connectionCreated(info: ConnectionInfo): void {
    const own = info.connectionId === this.connection.connectionId;
    const connection = own ? this.connection : new Connection(info);
    if (!own) this.remoteConnections.set(info.connectionId, connection);
    const options = { type: 'connectionCreated', target: this.#options.session, connection };
    this.#options.emit('connectionCreated', new ConnectionEvent(options));
  }

  #connectionDestroyed({ connectionId, reason }: ChangeOf<'connectionDestroyed'>): void {
    const connection = this.remoteConnections.get(connectionId);
    if (!connection) return;
    this.remoteConnections.delete(connectionId);
    connection.disposed = true;
    const options = { type: 'connectionDestroyed', target: this.#options.session, connection, reason };
    this.#options.emit('connectionDestroyed', new ConnectionEvent(options));
  }

  #streamCreated(info: StreamInfo): void {
    const connection = this.remoteConnections.get(info.connectionId);
    if (!connection) return;
    const stream = new Stream(false);
    stream.setPublished(info, connection, this.#options.media);
    stream.update(factsOf(info));
    this.#streams.set(info.streamId, stream);
    connection.addStream(stream);
    const options = { type: 'streamCreated', target: this.#options.session, stream };
    this.#options.emit('streamCreated', new StreamEvent(options));
  }

  #streamDestroyed({ streamId, reason }: ChangeOf<'streamDestroyed'>): void {
    const stream = this.#streams.get(streamId);
    if (!stream) {
      this.#options.publisherOf(streamId)?.unpublished(reason);
      return;
    }
    this.#streams.delete(streamId);
    stream.connection.removeStream(stream);
    this.#emitCancelable(
      'streamDestroyed',
      new StreamEvent({
        type: 'streamDestroyed',
        target: this.#options.session,
        stream,
        reason,
        defaultBehavior: () => disposeRemote(stream),
      }),
    );
    this.#options.forget(stream);
  }

  #streamPropertyChanged(change: ChangeOf<'streamPropertyChanged'>): void {
    const stream = this.#streams.get(change.streamId);
    if (!stream) return;
    stream.update({ [change.changedProperty]: change.newValue });
    const { changedProperty, newValue, oldValue, reason } = change;
    const options = { type: 'streamPropertyChanged', stream, changedProperty, newValue, oldValue, reason };
    const { session } = this.#options;
    this.#options.emit(
      'streamPropertyChanged',
      new StreamPropertyChangedEvent({ ...options, target: session }),
    );
    const manager = stream.streamManager;
    manager?.dispatch(
      'streamPropertyChanged',
      new StreamPropertyChangedEvent({ ...options, target: manager }),
    );
  }

  #connectionPropertyChanged(change: ChangeOf<'connectionPropertyChanged'>): void {
    const { changedProperty, newValue, oldValue } = change;
    if (typeof newValue === 'boolean') this.connection.record = newValue;
    else this.connection.role = newValue;
    const event = new ConnectionPropertyChangedEvent({
      type: 'connectionPropertyChanged',
      target: this.#options.session,
      connection: this.connection,
      changedProperty,
      newValue,
      oldValue,
    });
    this.#options.emit('connectionPropertyChanged', event);
  }

  #signal({ signalType, data, from }: ChangeOf<'signal'>): void {
    const options = { type: signalType, target: this.#options.session, data, from: this.#sender(from) };
    this.#options.emit('signal', new SignalEvent(options));
    if (signalType.startsWith('signal:')) {
      this.#options.emit(`signal:${signalType.slice('signal:'.length)}`, new SignalEvent(options));
    }
  }

  #told({ name, data, from }: ChangeOf<'app'>): void {
    const type = `app:${name}` as const;
    const options = { type, target: this.#options.session, name, data, from: this.#sender(from) };
    const event: object = new AppEventEvent(options);
    // Data and name were parsed together, which TypeScript can't follow once there are several names.
    this.#options.emit(type, event as SessionEventMap[typeof type]);
  }

  /** Absent if a backend sent it, or somebody who is gone already. */
  #sender(from: ConnectionId | undefined): Connection | undefined {
    if (from === undefined) return undefined;
    return from === this.connection.connectionId ? this.connection : this.remoteConnections.get(from);
  }

  #emitCancelable(type: 'streamDestroyed', event: SessionEventMap[typeof type] & Event): void {
    this.#options.emit(type, event);
    event.callDefaultBehavior();
  }
}

function disposeRemote(stream: Stream): void {
  stream.stopTracks();
  stream.streamManager?.removeAllVideos();
}
