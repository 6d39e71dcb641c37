import type { Connection, Session, Stream, StreamManager } from '@evercall/client';
import { FakeEmitter } from './fake-emitter.js';
import { FakeManager } from './fake-manager.js';

/** As much of a session as the hooks look at, driven by a test. */
export class FakeSession extends FakeEmitter {
  connectionState = 'idle';
  connection: Connection | undefined;
  servedBy: Session['servedBy'];
  readonly capabilities = { publish: true, subscribe: true, forceDisconnect: false, forceUnpublish: false };
  readonly remoteConnections = new Map<string, Connection>();
  readonly subscribed: Stream[] = [];
  mediaIsMoving = false;
  /** What `connect()` does. */
  onConnect: () => Promise<void> = async () => undefined;

  /** The class has private fields, which no other class can have. */
  get asSession(): Session {
    return this as object as Session;
  }

  async connect(): Promise<void> {
    this.connectionState = 'connecting';
    await this.onConnect();
    this.connectionState = 'connected';
  }

  disconnect(): void {
    this.connectionState = 'ended';
    this.tell('sessionDisconnected', { reason: 'disconnect' });
  }

  subscribe(stream: Stream): StreamManager {
    this.subscribed.push(stream);
    return new FakeManager(stream).asManager;
  }
}

export function fakeStream(streamId: string, change: object = {}): Stream {
  const facts = {
    hasAudio: true,
    hasVideo: true,
    audioActive: true,
    videoActive: true,
    typeOfVideo: 'CAMERA',
  };
  return { streamId, streamManager: undefined, ...facts, ...change } as object as Stream;
}

export function fakeConnection(connectionId: string, data = '', streams: Stream[] = []): Connection {
  return { connectionId, data, streams, disposed: false } as object as Connection;
}
