import { setTimeout as sleep } from 'node:timers/promises';
import {
  type LifeMemory,
  LifeReader,
  type LifeRef,
  type LogEntry,
  type SessionChange,
  SessionStore,
  StateGate,
} from '@evercall/cluster';
import type { ConnectionId } from '@evercall/protocol';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { isStateAway } from '../sessions/session-changer.js';
import { MirroredLife } from './mirrored-life.js';

/** After a reading a life is left alone for this many times as long as it took, up to so many ms: big ones cost more. */
const restFactor = 5;
const longestRestMs = 50;
/** Milliseconds between two looks for changes that nobody told of. */
const lookEveryMs = 2000;
/** Milliseconds for which the end of a life is remembered: longer than anybody could try to come back to it. */
const tombstoneMs = 600_000;

interface Entry {
  life: MirroredLife;
  isStale: boolean;
  isReading: boolean;
}

/**
 * Keeps in memory what the shared state says about the sessions that have sockets here, so that it can be told again
 * when the shared state comes back with less than it had.
 */
@Injectable()
export class MirrorService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #entries = new Map<string, Entry>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: SessionStore,
    private readonly reader: LifeReader,
    private readonly state: StateGate,
    private readonly surroundings: SurroundingsService,
  ) {}

  onModuleInit(): void {
    this.store.onChanged((ref, change) => this.#changedHere(ref, change));
    this.#timer = setInterval(() => void this.#look(), lookEveryMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  memories(): LifeMemory[] {
    return [...this.#entries.values()].flatMap(({ life }) => (life.memory ? [life.memory] : []));
  }

  /** Connections that have their socket here. */
  local(): ReadonlySet<ConnectionId> {
    return new Set([...this.#entries.values()].flatMap(({ life }) => [...life.local]));
  }

  enter(ref: LifeRef, connectionId: ConnectionId): void {
    const entry = this.#entry(ref);
    entry.life.enter(connectionId);
    this.#read(entry);
  }

  leave(ref: LifeRef, connectionId: ConnectionId): void {
    const { clock, config } = this.surroundings;
    // Until its grace period is over this master may be the only one that knows of it.
    this.#known(ref)?.life.leave(connectionId, clock() + 2 * config.EVERCALL_GRACE_MS);
  }

  delivered(ref: LifeRef, entries: LogEntry[]): void {
    const entry = this.#known(ref);
    if (!entry || entries.length === 0) return;
    entry.life.delivered(entries);
    this.#read(entry);
  }

  interrupted(ref: LifeRef): void {
    const entry = this.#known(ref);
    entry?.life.interrupted();
    if (entry) this.#read(entry);
  }

  /** Something of a life was changed here, without an event. */
  changed(ref: LifeRef): void {
    const entry = this.#known(ref);
    if (entry) this.#read(entry);
  }

  #changedHere(ref: LifeRef, change: SessionChange): void {
    // An end must be remembered by whoever decided on it, also without sockets of the session.
    const entry = change.close ? this.#entry(ref) : this.#known(ref);
    if (!entry) return;
    for (const { connectionId } of change.subscriptions ?? []) entry.life.unread.add(connectionId);
    for (const { connectionId, reason } of change.ended ?? []) entry.life.ended(connectionId, reason);
    this.#read(entry);
  }

  #known({ sessionId, life }: LifeRef): Entry | undefined {
    return this.#entries.get(`${sessionId}/${life}`);
  }

  #entry({ sessionId, life }: LifeRef): Entry {
    const ref = { sessionId, life };
    const entry = this.#known(ref) ?? { life: new MirroredLife(ref), isStale: false, isReading: false };
    this.#entries.set(`${sessionId}/${life}`, entry);
    return entry;
  }

  /** Reads it soon; many changes at once cost one reading. */
  #read(entry: Entry): void {
    entry.isStale = true;
    if (!entry.isReading) void this.#readWhileStale(entry);
  }

  async #readWhileStale(entry: Entry): Promise<void> {
    entry.isReading = true;
    while (entry.isStale) {
      entry.isStale = false;
      const started = performance.now();
      await this.#readOnce(entry.life);
      const restMs = Math.min(longestRestMs, restFactor * (performance.now() - started));
      await sleep(restMs, undefined, { ref: false });
    }
    entry.isReading = false;
  }

  async #readOnce(life: MirroredLife): Promise<void> {
    const { logger, clock } = this.surroundings;
    try {
      const wanted = [...life.unread].filter((connectionId) => life.local.has(connectionId));
      life.unread.clear();
      const copy = await this.reader.read(life.ref);
      // A missing record is never an order: what is remembered stays.
      if (copy) life.learn(copy, clock() + tombstoneMs);
      for (const connectionId of wanted) {
        life.learnSubscriptions(connectionId, await this.reader.subscriptions(life.ref, connectionId));
      }
    } catch (error) {
      for (const connectionId of life.local) life.unread.add(connectionId);
      if (!isStateAway(error)) logger.error({ err: error, ...life.ref }, 'a session can not be remembered');
    }
  }

  /** Finds what other masters changed without an event, and what failed to be read; forgets what is over. */
  async #look(): Promise<void> {
    const now = this.surroundings.clock();
    for (const [key, { life }] of this.#entries) if (life.isOver(now)) this.#entries.delete(key);
    const entries = [...this.#entries.values()].filter(({ life }) => life.local.size > 0);
    if (this.state.level !== 'open' || entries.length === 0) return;
    try {
      const versions = await this.reader.versions(entries.map(({ life }) => life.ref));
      for (const [index, entry] of entries.entries()) {
        const known = entry.life.memory?.copy.session.version;
        if (versions[index] !== known || entry.life.unread.size > 0) this.#read(entry);
      }
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'what is remembered can not be compared now');
    }
  }
}
