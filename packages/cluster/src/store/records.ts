import {
  ConnectionId,
  ConnectionProperties,
  MasterId,
  MediaNodeId,
  Role,
  SessionId,
  SessionProperties,
  StreamInfo,
  TokenId,
} from '@evercall/protocol';
import { z } from 'zod';

/** Number of the records' shape; a master reads its own and the one before. */
export const recordSchema = 1;

/** A session, as it was created; what changes stands in fields of their own. */
export const SessionRecord = z.object({
  schema: z.literal(recordSchema),
  sessionId: SessionId,
  life: z.number().int().positive(),
  /** Milliseconds since 1970. */
  createdAt: z.number().int(),
  /** Master that created it; in `application` recovery it ends with that master. */
  hostId: MasterId,
  properties: SessionProperties,
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** Why a session's media went to where it is: its worker or node died, its node fell silent, or it was moved as planned. */
export const MoveCause = z.enum(['worker', 'node', 'silent', 'planned']);
export type MoveCause = z.infer<typeof MoveCause>;

/** Where a part of a session's media is. */
export const PlacementLeg = z.object({
  leg: z.number().int().nonnegative(),
  mediaNodeId: MediaNodeId,
  worker: z.number().int().nonnegative(),
  generation: z.number().int().positive(),
  /** Absent at the first place. */
  cause: MoveCause.optional(),
});
export type PlacementLeg = z.infer<typeof PlacementLeg>;

/** Where a session's media is: one leg, unless the session outgrows it. */
export const Placement = z.object({
  legs: z.array(PlacementLeg).min(1),
  /** Legs that a planned move leaves: they carry media until every client has said `moveDone`, or for 5 s. */
  leaving: z.array(PlacementLeg).default([]),
  /** The media is gone and no node had room for it: it waits for one. */
  waiting: z.literal(true).optional(),
});
export type Placement = z.infer<typeof Placement>;

/** Every leg that carries media, those that are being left last. */
export function liveLegs({ legs, leaving }: Placement): PlacementLeg[] {
  return [...legs, ...leaving];
}

/** The socket that a connection has now. */
export const SocketRecord = z.object({
  masterId: MasterId,
  /** Grows at each socket; requests of an older one are refused. */
  generation: z.number().int().positive(),
});
export type SocketRecord = z.infer<typeof SocketRecord>;

const connectionBase = {
  schema: z.literal(recordSchema),
  connectionId: ConnectionId,
  createdAt: z.number().int(),
  tokenId: TokenId,
  properties: ConnectionProperties.omit({ role: true, record: true }),
  role: Role,
  record: z.boolean(),
};

/** A connection whose token was not used yet. */
export const PendingConnection = z.object({ ...connectionBase, status: z.literal('pending') });
export type PendingConnection = z.infer<typeof PendingConnection>;

/** A connection that joined. */
export const ActiveConnection = z.object({
  ...connectionBase,
  status: z.literal('active'),
  activeAt: z.number().int(),
  clientData: z.string(),
  platform: z.string(),
  /** Address of the client as the trusted proxy tells it. */
  ip: z.string(),
  /** Leg of the placement that its media is on. */
  leg: z.number().int().nonnegative(),
  /** Generation that its last planned move was done with, as the client said; absent before the first. */
  movedTo: z.number().int().positive().optional(),
  /** `null`: detached, within the grace period. */
  socket: SocketRecord.nullable(),
  /** Highest socket generation so far. */
  socketGeneration: z.number().int().nonnegative(),
});
export type ActiveConnection = z.infer<typeof ActiveConnection>;

export const ConnectionRecord = z.discriminatedUnion('status', [PendingConnection, ActiveConnection]);
export type ConnectionRecord = z.infer<typeof ConnectionRecord>;

/** A stream; `live` once the media node has its producers and the others were told. */
export const StreamRecord = z.object({
  schema: z.literal(recordSchema),
  live: z.boolean(),
  generation: z.number().int().positive(),
  info: StreamInfo,
});
export type StreamRecord = z.infer<typeof StreamRecord>;

/** The wish of one connection to receive a stream. */
export const SubscriptionRecord = z.object({
  createdAt: z.number().int(),
  audio: z.boolean(),
  video: z.boolean(),
});
export type SubscriptionRecord = z.infer<typeof SubscriptionRecord>;
