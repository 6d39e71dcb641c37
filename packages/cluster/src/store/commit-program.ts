import type { MasterId } from '@evercall/protocol';
import { keys, lifeMember } from '../redis/keys.js';
import { formatDeadline } from './deadline.js';
import { liveLegs } from './records.js';
import type { Mutation, SessionChange } from './session-change.js';
import type { SessionState } from './session-state.js';

type Line = (string | number)[];

/** What `commit.lua` is given. */
export interface Program {
  keys: string[];
  json: string;
}

/** Milliseconds; how long things outlive what they belong to. */
export interface Retention {
  /** Answers to changing requests. */
  mutationMs: number;
  /** Entries of an event log. */
  logMs: number;
  /** What is left of an ended session or connection. */
  endedMs: number;
  /** The counter of a session id's lives. */
  counterMs: number;
}

/** Collects keys, each once, and lines that name them by their index in Lua (from 1). */
export class ProgramBuilder {
  readonly #keys: string[] = [];
  readonly expect: Line[] = [];
  readonly write: Line[] = [];

  key(name: string): number {
    const known = this.#keys.indexOf(name);
    return known >= 0 ? known + 1 : this.#keys.push(name);
  }

  build(
    by: string,
    rest: {
      mutation?: Mutation;
      /** Key index of the session's hash. */
      session?: number;
      events?: Record<string, unknown>;
      /** Tells what is remembered, while the cluster settles. */
      reasserts?: true;
      retention: Retention;
    },
  ): Program {
    const { mutation, session, events, reasserts, retention } = rest;
    const program = {
      by: { lost: this.key(keys.lost), id: by, ...(reasserts ? { reasserts } : {}) },
      ...(session ? { session } : {}),
      ...(mutation
        ? {
            mutation: {
              key: this.key(keys.mutation(mutation.id)),
              hash: mutation.bodyHash,
              ttl: retention.mutationMs,
              result: mutation.result,
            },
          }
        : {}),
      expect: this.expect,
      write: this.write,
      ...(events ? { events } : {}),
    };
    return { keys: this.#keys, json: JSON.stringify(program) };
  }
}

/** Turns a decision about an open session into the program that applies it. */
export class CommitProgram {
  readonly #builder = new ProgramBuilder();
  readonly #state: SessionState;
  readonly #retention: Retention;
  readonly #life: number;
  readonly #connections: number;
  readonly #streams: number;

  constructor(state: SessionState, retention: Retention) {
    this.#state = state;
    this.#retention = retention;
    const { sessionId, life } = state.record;
    this.#life = this.#builder.key(keys.life(sessionId, life));
    this.#connections = this.#builder.key(keys.connections(sessionId, life));
    this.#streams = this.#builder.key(keys.streams(sessionId, life));
  }

  encode(by: string, change: SessionChange, mutation?: Mutation): Program {
    this.#expectations(change);
    this.#records(change);
    this.#indexes(change);
    this.#placement(change);
    if (change.hostId) this.#host(change.hostId);
    if (change.close) this.#close(change.close);
    const { sessionId, life } = this.#state.record;
    const events = change.events?.length
      ? {
          log: this.#builder.key(keys.log(sessionId, life)),
          channel: keys.channel(sessionId, life),
          keepMs: this.#retention.logMs,
          entries: change.events.map((entry) => JSON.stringify(entry)),
        }
      : undefined;
    return this.#builder.build(by, {
      retention: this.#retention,
      session: this.#life,
      ...(mutation ? { mutation } : {}),
      ...(events ? { events } : {}),
    });
  }

  #expectations({ relies, close }: SessionChange): void {
    const { expect } = this.#builder;
    const { record, stored, active } = this.#state;
    const counter = this.#builder.key(keys.counter(record.sessionId));
    expect.push(['field', counter, 'life', String(record.life)], ['field', counter, 'open', '1']);
    for (const id of relies?.connections ?? []) {
      this.#expectField(this.#connections, id, stored.connections.get(id));
    }
    for (const id of relies?.streams ?? []) this.#expectField(this.#streams, id, stored.streams.get(id));
    if (relies?.active) expect.push(['field', this.#life, 'active', String(active)]);
    if (relies?.placement) this.#expectField(this.#life, 'placement', stored.placement);
    if (relies?.unregistered) expect.push(['noField', this.#builder.key(keys.nodes), relies.unregistered]);
    if (relies?.alive) expect.push(['notIn', this.#builder.key(keys.lost), relies.alive]);
    // With its host or its media node such a session is over: only that may still be put down.
    if (record.properties.recovery === 'application' && close !== 'nodeCrashed') {
      for (const nodeId of this.#hosts()) expect.push(['notIn', this.#builder.key(keys.lost), nodeId]);
    }
    // Who closes a session clears the indexes of its media nodes: it must know all of them.
    if (close) this.#expectField(this.#life, 'placement', stored.placement);
    if (relies?.deadline) {
      expect.push(['member', this.#builder.key(keys.deadlines), formatDeadline(relies.deadline)]);
    }
  }

  #expectField(key: number, field: string, text: string | undefined): void {
    this.#builder.expect.push(text === undefined ? ['noField', key, field] : ['field', key, field, text]);
  }

  #records(change: SessionChange): void {
    const { write } = this.#builder;
    const { sessionId, life } = this.#state.record;
    const put = (key: number, id: string, record: object | null) =>
      write.push(record ? ['set', key, id, JSON.stringify(record)] : ['unset', key, id]);
    if (change.active !== undefined) write.push(['set', this.#life, 'active', String(change.active)]);
    for (const [id, record] of change.connections ?? []) put(this.#connections, id, record);
    for (const [id, record] of change.streams ?? []) put(this.#streams, id, record);
    for (const { connectionId, streamId, record } of change.subscriptions ?? []) {
      put(this.#builder.key(keys.subscriptions(sessionId, life, connectionId)), streamId, record);
    }
    for (const id of change.unsubscribed ?? []) {
      write.push(['drop', this.#builder.key(keys.subscriptions(sessionId, life, id))]);
    }
    for (const { connectionId, reason } of change.ended ?? []) {
      const key = this.#builder.key(keys.ended(sessionId, life, connectionId));
      write.push(['store', key, reason, this.#retention.endedMs]);
    }
  }

  #indexes(change: SessionChange): void {
    const { write } = this.#builder;
    const { sessionId, life } = this.#state.record;
    const deadlines = () => this.#builder.key(keys.deadlines);
    for (const { deadline, inMs } of change.schedule ?? []) {
      write.push(['schedule', deadlines(), formatDeadline(deadline), inMs]);
    }
    const gone = [...(change.unschedule ?? []), ...(change.relies?.deadline ? [change.relies.deadline] : [])];
    for (const deadline of gone) write.push(['unschedule', deadlines(), formatDeadline(deadline)]);
    for (const { tokenId, connectionId, ttlMs } of change.tokens ?? []) {
      const text = JSON.stringify({ sessionId, life, connectionId });
      write.push(['store', this.#builder.key(keys.token(tokenId)), text, ttlMs]);
    }
    for (const tokenId of change.usedTokens ?? []) {
      write.push(['drop', this.#builder.key(keys.token(tokenId))]);
    }
    const member = (connectionId: string) => `${lifeMember(sessionId, life)}/${connectionId}`;
    for (const { nodeId, connectionId } of change.attached ?? []) {
      write.push(['add', this.#builder.key(keys.nodeIndex(nodeId)), member(connectionId)]);
    }
    for (const { nodeId, connectionId } of change.detached ?? []) {
      write.push(['remove', this.#builder.key(keys.nodeIndex(nodeId)), member(connectionId)]);
    }
  }

  #placement({ placement: change, unplacedFrom, worked }: SessionChange): void {
    const { write } = this.#builder;
    const { sessionId, life } = this.#state.record;
    const member = lifeMember(sessionId, life);
    for (const nodeId of unplacedFrom ?? []) {
      write.push(['remove', this.#builder.key(keys.nodeIndex(nodeId)), member]);
    }
    for (const { nodeId, member: entry } of worked ?? []) {
      write.push(['remove', this.#builder.key(keys.nodeIndex(nodeId)), entry]);
    }
    if (!change) return;
    write.push(['set', this.#life, 'placement', JSON.stringify(change.placement)]);
    for (const { mediaNodeId } of change.placement.legs) {
      write.push(['add', this.#builder.key(keys.nodeIndex(mediaNodeId)), member]);
      if (change.reserveMs === 0) continue;
      const reservations = this.#builder.key(keys.reservations(mediaNodeId));
      write.push(
        ['schedule', reservations, member, change.reserveMs],
        ['expire', reservations, change.reserveMs],
      );
    }
  }

  #host(hostId: MasterId): void {
    const { expect, write } = this.#builder;
    const { record, stored } = this.#state;
    const member = lifeMember(record.sessionId, record.life);
    expect.push(['field', this.#life, 'record', stored.record]);
    write.push(['set', this.#life, 'record', JSON.stringify({ ...record, hostId })]);
    write.push(['remove', this.#builder.key(keys.nodeIndex(record.hostId)), member]);
    write.push(['add', this.#builder.key(keys.nodeIndex(hostId)), member]);
  }

  /** What is left stays for a while: late clients are told why, other masters read the last events. */
  #close(reason: string): void {
    const { write } = this.#builder;
    const { sessionId, life } = this.#state.record;
    const { endedMs, counterMs } = this.#retention;
    const counter = this.#builder.key(keys.counter(sessionId));
    write.push(['set', counter, 'open', '0'], ['expire', counter, counterMs]);
    write.push(['set', this.#life, 'ended', reason], ['expire', this.#life, endedMs]);
    write.push(['drop', this.#connections], ['drop', this.#streams]);
    write.push(['expire', this.#builder.key(keys.log(sessionId, life)), endedMs]);
    write.push(['remove', this.#builder.key(keys.sessions), sessionId]);
    const legs = this.#state.placement ? liveLegs(this.#state.placement) : [];
    for (const nodeId of [this.#state.record.hostId, ...legs.map(({ mediaNodeId }) => mediaNodeId)]) {
      write.push(['remove', this.#builder.key(keys.nodeIndex(nodeId)), lifeMember(sessionId, life)]);
    }
  }

  /** The nodes that the session ends with; its media has left those of `leaving`. */
  #hosts(): string[] {
    const legs = this.#state.placement?.legs ?? [];
    return [this.#state.record.hostId, ...legs.map(({ mediaNodeId }) => mediaNodeId)];
  }
}
