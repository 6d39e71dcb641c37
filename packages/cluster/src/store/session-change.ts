import type { ConnectionEndReason, ConnectionId, MasterId, StreamId, TokenId } from '@evercall/protocol';
import type { Deadline } from './deadline.js';
import type { NewEntry } from './log-entry.js';
import type { ConnectionRecord, Placement, StreamRecord, SubscriptionRecord } from './records.js';

/**
 * What a decision wants to happen to an open session, all of it or nothing. It relies only on what `relies`
 * names (and on the session still being open in this life); everything else may have changed since it was read.
 */
export interface SessionChange {
  relies?: {
    /** These connections are as they were read, absent ones included. */
    connections?: ConnectionId[];
    /** These streams are as they were read, absent ones included. */
    streams?: StreamId[];
    /** As many connections are active as were. */
    active?: boolean;
    placement?: boolean;
    /** This node wasn't declared lost. */
    alive?: string;
    /** This node isn't registered. */
    unregistered?: string;
    /** This deadline stands; the change takes it away. */
    deadline?: Deadline;
  };
  /** New number of active connections. */
  active?: number;
  /** `null` removes. */
  connections?: Map<ConnectionId, ConnectionRecord | null>;
  streams?: Map<StreamId, StreamRecord | null>;
  subscriptions?: { connectionId: ConnectionId; streamId: StreamId; record: SubscriptionRecord | null }[];
  /** Takes all subscriptions of these connections away. */
  unsubscribed?: ConnectionId[];
  events?: NewEntry[];
  schedule?: { deadline: Deadline; inMs: number }[];
  unschedule?: Deadline[];
  /** Tokens that can be used from now on. */
  tokens?: { tokenId: TokenId; connectionId: ConnectionId; ttlMs: number }[];
  usedTokens?: TokenId[];
  /** Connections that have a socket on a master from now on, or no more. */
  attached?: { nodeId: string; connectionId: ConnectionId }[];
  detached?: { nodeId: string; connectionId: ConnectionId }[];
  /** The session's media goes there; `reserveMs` is how long that counts as a promise to its nodes, 0 for no promise. */
  placement?: { placement: Placement; reserveMs: number };
  /** The session ends with this master from now on, if it is one that ends with a master; relies on the host that it had. */
  hostId?: MasterId;
  /** The session's media is not there any more. */
  unplacedFrom?: string[];
  /** Entries of this node's index that are done. */
  worked?: { nodeId: string; member: string }[];
  /** Remembers why these connections ended. */
  ended?: { connectionId: ConnectionId; reason: ConnectionEndReason }[];
  /** Ends the session. */
  close?: ConnectionEndReason;
}

/** A changing request: its key, a hash of its body, and what it is answered when it comes again. */
export interface Mutation {
  id: string;
  bodyHash: string;
  /** JSON text. */
  result: string;
}
