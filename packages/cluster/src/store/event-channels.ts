import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { reachingState } from '../errors.js';
import { keys } from '../redis/keys.js';
import type { LifeRef } from './event-log.js';
import { type LogEntry, parseChannelMessage } from './log-entry.js';

/** Milliseconds between two tries to subscribe again. */
const againMs = 100;

/** Hears a session's new events. Messages may be missing (a reconnect); the sequence in them shows it. */
export type ChannelListener = (entry: LogEntry) => void;

/** Hears the id of a node. */
export type NodeListener = (nodeId: string) => void;

/** Subscriptions to the channels of sessions, on a Redis connection of their own. */
export class EventChannels {
  readonly #subscriber: Redis;
  readonly #listeners = new Map<string, ChannelListener>();
  #onReconnected: (() => void) | undefined;
  /** Channels about nodes, and who hears the ids that are told there. */
  readonly #nodeListeners = new Map<string, NodeListener[]>();

  /** @param subscriber made by `createSubscriber`; a client that is used for nothing else; closed by {@link close} */
  constructor(subscriber: Redis) {
    this.#subscriber = subscriber;
    subscriber.on('message', (channel: string, message: string) => {
      const nodeListeners = this.#nodeListeners.get(channel);
      if (nodeListeners) for (const listener of nodeListeners) listener(message);
      else this.#listeners.get(channel)?.(parseChannelMessage(message));
    });
    subscriber.on('ready', () => void this.#subscribeAgain());
  }

  /** Called after each reconnect, when everything is subscribed to again: anything may have been missed before. */
  onReconnected(listener: () => void): void {
    this.#onReconnected = listener;
  }

  /** Called with the id of each node that is declared lost; may miss one. */
  async listenToLosses(listener: NodeListener): Promise<void> {
    await this.#listenToNodes(keys.lossChannel, listener);
  }

  /** Called with the id of each node that registers; may miss one. */
  async listenToArrivals(listener: NodeListener): Promise<void> {
    await this.#listenToNodes(keys.arrivalChannel, listener);
  }

  /** Resolves when Redis has confirmed the subscription; only then is a snapshot safe to read. */
  async listen({ sessionId, life }: LifeRef, listener: ChannelListener): Promise<void> {
    const channel = keys.channel(sessionId, life);
    this.#listeners.set(channel, listener);
    await reachingState('subscribe', () => this.#subscriber.subscribe(channel));
  }

  async unlisten({ sessionId, life }: LifeRef): Promise<void> {
    const channel = keys.channel(sessionId, life);
    this.#listeners.delete(channel);
    await reachingState('unsubscribe', () => this.#subscriber.unsubscribe(channel));
  }

  close(): void {
    this.#listeners.clear();
    this.#nodeListeners.clear();
    this.#subscriber.disconnect();
  }

  /** Subscribed to again after each reconnect, also if this first time fails. */
  async #listenToNodes(channel: string, listener: NodeListener): Promise<void> {
    const listeners = this.#nodeListeners.get(channel);
    if (listeners) listeners.push(listener);
    else this.#nodeListeners.set(channel, [listener]);
    await reachingState('subscribe', () => this.#subscriber.subscribe(channel));
  }

  async #subscribeAgain(): Promise<void> {
    while (this.#subscriber.status === 'ready') {
      try {
        const channels = [...this.#nodeListeners.keys(), ...this.#listeners.keys()];
        if (channels.length > 0) await this.#subscriber.subscribe(...channels);
        this.#onReconnected?.();
        return;
      } catch {
        // It closes and comes again, or answers in the end.
        await sleep(againMs * (0.5 + Math.random()), undefined, { ref: false });
      }
    }
  }
}
