import { z } from 'zod';
import { OwnConnection, RemoteConnection } from './connection.js';
import { MasterId, MediaNodeId, SessionId } from './ids.js';
import { ConsumerInfo, TransportInfo } from './media-parameters.js';
import { Position } from './position.js';

/** Who repairs a session when a node dies. */
export const Recovery = z.enum(['automatic', 'application']);
export type Recovery = z.infer<typeof Recovery>;

/** Codec that publishers of a session must use; `NONE` leaves it to the browser. */
export const VideoCodec = z.enum(['MEDIA_SERVER_PREFERRED', 'NONE', 'VP8', 'VP9', 'H264']);
export type VideoCodec = z.infer<typeof VideoCodec>;

/** The state of a session as one connection sees it, and the place in the log it stands for. */
export const Snapshot = z.object({
  sessionId: SessionId,
  life: z.number().int().positive(),
  createdAt: z.number().int(),
  recovery: Recovery,
  forcedVideoCodec: VideoCodec,
  videoSimulcast: z.boolean(),
  connection: OwnConnection,
  /** The others, oldest first. */
  connections: z.array(RemoteConnection),
  position: Position,
});
export type Snapshot = z.infer<typeof Snapshot>;

/** A connection's media on its media node. */
export const MediaSetup = z.object({
  /** Grows when the session's media goes to another media node. */
  generation: z.number().int().positive(),
  mediaNodeId: MediaNodeId,
  capabilitiesHash: z.string(),
  /** One for each direction. */
  send: TransportInfo,
  recv: TransportInfo,
  /** Consumers of everything that is published, paused; `subscribe` makes them flow. */
  consumers: z.array(ConsumerInfo),
});
export type MediaSetup = z.infer<typeof MediaSetup>;

/** Which nodes serve a connection; for people to look at. */
export const ServedBy = z.object({
  masterId: MasterId,
  masterName: z.string(),
  mediaNodeId: MediaNodeId,
  mediaNodeName: z.string(),
});
export type ServedBy = z.infer<typeof ServedBy>;

/** Timing that the server decides for its clients, in milliseconds. */
export const ClientPolicy = z.object({
  /** How long a connection without a socket is kept. */
  graceMs: z.number().int().positive(),
  /** How long a request may stay unanswered. */
  requestTimeoutMs: z.number().int().positive(),
});
export type ClientPolicy = z.infer<typeof ClientPolicy>;
