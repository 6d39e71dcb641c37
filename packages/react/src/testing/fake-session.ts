import type { Connection, Session, Stream, StreamManager } from '@evercall/client';

type Listener = (event: unknown) => void;

/** As much of a session as the hooks look at, driven by a test. */
export class FakeSession {
  connectionState = 'idle';
  connection: Connection | undefined;
  servedBy: Session['servedBy'];
  readonly capabilities = { publish: true, subscribe: true, forceDisconnect: false, forceUnpublish: false };
  readonly remoteConnections = new Map<string, Connection>();
  readonly subscribed: Stream[] = [];
  readonly #listeners = new Map<string, Listener[]>();
  /** What `connect()` does. */
  onConnect: () => Promise<void> = async () => undefined;

  /** The class has private fields, which no other class can have. */
  get asSession(): Session {
    return this as object as Session;
  }

  get listenerCount(): number {
    return [...this.#listeners.values()].flat().length;
  }

  on(type: string, listener: Listener): this {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
    return this;
  }

  off(type: string, listener: Listener): this {
    const rest = (this.#listeners.get(type) ?? []).filter((other) => other !== listener);
    this.#listeners.set(type, rest);
    return this;
  }

  tell(type: string, event?: unknown): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
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
    const manager = { stream, remote: true } as object as StreamManager;
    stream.streamManager = manager;
    return manager;
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
