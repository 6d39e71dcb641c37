import { ConnectionId } from '@evercall/protocol';
import { keys, lifeMember } from '../redis/keys.js';
import { type Program, ProgramBuilder, type Retention } from '../store/commit-program.js';
import { type Deadline, formatDeadline } from '../store/deadline.js';
import {
  type ActiveConnection,
  ConnectionRecord,
  liveLegs,
  type PendingConnection,
  Placement,
  SessionRecord,
} from '../store/records.js';
import type { LifeCopy, LifeMemory } from './life-copy.js';

/** What a restored life is given, in ms. */
export interface RestorationOptions {
  /** The cluster's epoch now. */
  epoch: number;
  /** How long a connection without a socket has to come back. */
  graceMs: number;
  /** How long a token is good from its creation. */
  tokenTtlMs: number;
  /** How long a planned move that was under way may still take. */
  moveMs: number;
  retention: Retention;
  /** Milliseconds since 1970. */
  now: number;
}

/** A token that is about to end is still good for so long, in ms. */
const leastTokenMs = 1000;

/** Builds the programs by which a master tells what it remembers, if the shared state still is as it was looked at. */
export class Restoration {
  readonly #builder = new ProgramBuilder();
  readonly #copy: LifeCopy;
  readonly #memory: LifeMemory;
  readonly #options: RestorationOptions;
  readonly #session: number;
  /** Sequence up to which the life is known. */
  readonly #end: number;

  constructor(memory: LifeMemory, stored: LifeCopy | undefined, options: RestorationOptions) {
    const { copy } = memory;
    this.#copy = copy;
    this.#memory = memory;
    this.#options = options;
    this.#session = this.#builder.key(keys.life(copy.sessionId, copy.life));
    this.#end = endOf(memory);
    this.#expectUnchanged(stored);
    this.#forget(stored);
  }

  /** Everything stands again as it is remembered, in the epoch of now. */
  restore(by: string): Program {
    const { sessionId, life, session, connections } = this.#copy;
    const { write } = this.#builder;
    const counter = this.#builder.key(keys.counter(sessionId));
    write.push(['set', counter, 'life', String(life)], ['set', counter, 'open', '1'], ['persist', counter]);
    write.push(['add', this.#builder.key(keys.sessions), sessionId]);
    this.#fields({
      ...session,
      epoch: String(this.#options.epoch),
      sequence: String(this.#end),
      forkEpoch: session.epoch ?? '0',
      forkSequence: String(this.#end),
      forkVersion: session.version ?? '0',
    });
    this.#hash(keys.connections(sessionId, life), connections);
    this.#hash(keys.streams(sessionId, life), this.#copy.streams);
    for (const text of Object.values(connections)) {
      const connection = ConnectionRecord.parse(JSON.parse(text));
      if (connection.status === 'active') this.#active(connection);
      else this.#pending(connection);
    }
    for (const [connectionId, reason] of this.#memory.ended) {
      const key = this.#builder.key(keys.ended(sessionId, life, connectionId));
      if (!connections[connectionId]) write.push(['store', key, reason, this.#options.retention.endedMs]);
    }
    this.#places();
    this.#log();
    return this.#builder.build(by, { retention: this.#options.retention, reasserts: true });
  }

  /** The life is over, and so it stands again. */
  bury(by: string): Program {
    const { sessionId, life, session } = this.#copy;
    const { endedMs, counterMs } = this.#options.retention;
    const { write } = this.#builder;
    const counter = this.#builder.key(keys.counter(sessionId));
    write.push(['set', counter, 'life', String(life)], ['set', counter, 'open', '0']);
    write.push(['expire', counter, counterMs], ['remove', this.#builder.key(keys.sessions), sessionId]);
    this.#fields({ ...session, ended: session.ended ?? 'sessionClosedByServer' });
    write.push(['expire', this.#session, endedMs]);
    return this.#builder.build(by, { retention: this.#options.retention, reasserts: true });
  }

  #expectUnchanged(stored: LifeCopy | undefined): void {
    const { expect } = this.#builder;
    const { sessionId, life } = this.#copy;
    const counter = this.#builder.key(keys.counter(sessionId));
    if (!stored) {
      expect.push(['absent', counter]);
      return;
    }
    expect.push(['field', counter, 'life', String(stored.life)]);
    expect.push(['field', counter, 'open', stored.isOpen ? '1' : '0']);
    if (stored.life !== life) return;
    for (const field of ['epoch', 'version'] as const) {
      const text = stored.session[field];
      expect.push(
        text === undefined ? ['noField', this.#session, field] : ['field', this.#session, field, text],
      );
    }
  }

  /** Takes away what stands there and isn't true any more. */
  #forget(stored: LifeCopy | undefined): void {
    const { write } = this.#builder;
    const { sessionId, life } = this.#copy;
    const drop = (key: string) => write.push(['drop', this.#builder.key(key)]);
    for (const number of new Set([life, stored?.life ?? life])) {
      drop(keys.connections(sessionId, number));
      drop(keys.streams(sessionId, number));
      drop(keys.log(sessionId, number));
    }
    drop(keys.life(sessionId, life));
    if (!stored) return;
    for (const [id, text] of Object.entries(stored.connections)) {
      const connection = ConnectionRecord.parse(JSON.parse(text));
      if (stored.life !== life || !this.#copy.connections[id]) {
        drop(keys.subscriptions(sessionId, stored.life, ConnectionId.parse(id)));
      }
      if (connection.status !== 'active' || !connection.socket) continue;
      const index = this.#builder.key(keys.nodeIndex(connection.socket.masterId));
      write.push(['remove', index, `${lifeMember(sessionId, stored.life)}/${id}`]);
    }
  }

  #fields(fields: Record<string, string>): void {
    for (const [field, text] of Object.entries(fields)) {
      this.#builder.write.push(['set', this.#session, field, text]);
    }
  }

  #hash(key: string, fields: Record<string, string>): void {
    const index = this.#builder.key(key);
    for (const [field, text] of Object.entries(fields)) this.#builder.write.push(['set', index, field, text]);
  }

  #active({ connectionId, socket, socketGeneration }: ActiveConnection): void {
    const { sessionId, life } = this.#copy;
    if (socket) {
      const index = this.#builder.key(keys.nodeIndex(socket.masterId));
      this.#builder.write.push(['add', index, `${lifeMember(sessionId, life)}/${connectionId}`]);
    } else {
      this.#schedule(
        { kind: 'grace', sessionId, life, connectionId, socketGeneration },
        this.#options.graceMs,
      );
    }
  }

  #pending({ connectionId, tokenId, createdAt }: PendingConnection): void {
    const { sessionId, life } = this.#copy;
    const { now, tokenTtlMs } = this.#options;
    const leftMs = Math.max(leastTokenMs, createdAt + tokenTtlMs - now);
    const token = JSON.stringify({ sessionId, life, connectionId });
    this.#builder.write.push(['store', this.#builder.key(keys.token(tokenId)), token, leftMs]);
    this.#schedule({ kind: 'token', sessionId, life, connectionId }, leftMs);
  }

  /** The nodes that the session hangs on: with one of them lost, it is on the list of what must be moved or ended. */
  #places(): void {
    const { sessionId, life, session } = this.#copy;
    const member = lifeMember(sessionId, life);
    const add = (nodeId: string) =>
      this.#builder.write.push(['add', this.#builder.key(keys.nodeIndex(nodeId)), member]);
    const { hostId, properties } = SessionRecord.parse(JSON.parse(session.record ?? 'null'));
    if (properties.recovery === 'application') add(hostId);
    if (!session.placement) return;
    const placement = Placement.parse(JSON.parse(session.placement));
    for (const { mediaNodeId } of liveLegs(placement)) add(mediaNodeId);
    for (const { generation } of placement.leaving) {
      this.#schedule({ kind: 'moveEnd', sessionId, life, generation }, this.#options.moveMs);
    }
  }

  /** The latest events, if they lead up to what is remembered: nobody who missed one of them needs a snapshot. */
  #log(): void {
    const { sessionId, life } = this.#copy;
    const log = this.#builder.key(keys.log(sessionId, life));
    const entries = this.#memory.tail.filter(({ position }) => position.sequence <= this.#end);
    if (entries.at(-1)?.position.sequence !== this.#end) return;
    for (const { position, at, audience, event } of entries) {
      const id = `${position.epoch}-${position.sequence}`;
      this.#builder.write.push(['append', log, id, at, JSON.stringify({ audience, event })]);
    }
  }

  #schedule(deadline: Deadline, inMs: number): void {
    this.#builder.write.push(['schedule', this.#builder.key(keys.deadlines), formatDeadline(deadline), inMs]);
  }
}

/** Signals change nothing else: those that were delivered since the life was read belong to it as it was read. */
function endOf({ copy, tail }: LifeMemory): number {
  const end = Number(copy.session.sequence ?? 0);
  const after = tail.filter(({ position }) => position.sequence > end);
  const unread = after.findIndex(({ event, position }, index) => {
    const isNext = position.sequence === end + index + 1;
    return event.type !== 'signal' || !isNext || String(position.epoch) !== copy.session.epoch;
  });
  return end + (unread < 0 ? after.length : unread);
}
