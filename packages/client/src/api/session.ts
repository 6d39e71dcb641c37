import type { Capabilities } from '@evercall/protocol';
import type { Connection } from './connection.js';
import { EventDispatcher } from './event-dispatcher.js';
import type { SessionEventMap } from './event-maps.js';
import type { ServedByNodes } from './events.js';
import type { SignalOptions, SubscriberProperties } from './properties.js';
import type { Publisher } from './publisher.js';
import type { Stream } from './stream.js';
import type { StreamManager } from './stream-manager.js';
import type { Subscriber } from './subscriber.js';

export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

export declare class Session extends EventDispatcher<SessionEventMap> {
  readonly sessionId: string;
  readonly token: string | undefined;
  /** One's own connection; absent before connect(). */
  readonly connection: Connection | undefined;
  /** The others, by connection id. */
  readonly remoteConnections: ReadonlyMap<string, Connection>;
  readonly streamManagers: StreamManager[];
  readonly capabilities: Capabilities;
  readonly connectionState: ConnectionState;
  readonly servedBy: ServedByNodes | undefined;
  /** @param metadata client data of the connection: a string, or an object that is written as JSON */
  connect(token: string, metadata?: unknown): Promise<void>;
  disconnect(): void;
  publish(publisher: Publisher): Promise<void>;
  unpublish(publisher: Publisher): Promise<void>;
  subscribe(
    stream: Stream,
    target?: string | HTMLElement,
    properties?: SubscriberProperties,
    done?: (error?: Error) => void,
  ): Subscriber;
  subscribeAsync(
    stream: Stream,
    target?: string | HTMLElement,
    properties?: SubscriberProperties,
  ): Promise<Subscriber>;
  unsubscribe(subscriber: Subscriber): Promise<void>;
  forceDisconnect(connection: Connection): Promise<void>;
  forceUnpublish(stream: Stream): Promise<void>;
  signal(signal: SignalOptions): Promise<void>;
}
