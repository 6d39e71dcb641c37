import { z } from 'zod';
import { ToldEvent } from './app-events.js';
import { ConnectionInfo } from './connection.js';
import { ConnectionId, StreamId } from './ids.js';
import { Position } from './position.js';
import { ConnectionEndReason, StreamChangeReason, StreamEndReason } from './reasons.js';
import { Role } from './roles.js';
import { StreamInfo, VideoDimensions } from './stream.js';

/** The durable events of a session, in the order of its log. */
export const SessionEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connectionCreated'), connection: ConnectionInfo }),
  /** Ends the connection's streams, too, with the same reason. */
  z.object({
    type: z.literal('connectionDestroyed'),
    connectionId: ConnectionId,
    reason: ConnectionEndReason,
  }),
  z.object({ type: z.literal('streamCreated'), stream: StreamInfo }),
  z.object({
    type: z.literal('streamDestroyed'),
    streamId: StreamId,
    connectionId: ConnectionId,
    reason: StreamEndReason,
  }),
  z.object({
    type: z.literal('streamPropertyChanged'),
    streamId: StreamId,
    connectionId: ConnectionId,
    changedProperty: z.enum(['audioActive', 'videoActive', 'videoDimensions']),
    newValue: z.union([z.boolean(), VideoDimensions]),
    reason: StreamChangeReason,
  }),
  z.object({
    type: z.literal('connectionPropertyChanged'),
    connectionId: ConnectionId,
    changedProperty: z.enum(['role', 'record']),
    newValue: z.union([Role, z.boolean()]),
  }),
  z.object({
    type: z.literal('signal'),
    /** As the receiver's `event.type`: `signal:<type>`, or `signal` if the sender named none. */
    signalType: z.string(),
    data: z.string(),
    /** Absent if a backend sent it. */
    from: ConnectionId.optional(),
  }),
  /** An event of the application: see `appEvents`. */
  ToldEvent,
  /** The stream can be received on the session's new media node: subscribe to it again there. */
  z.object({
    type: z.literal('streamMoved'),
    streamId: StreamId,
    connectionId: ConnectionId,
    generation: z.number().int().positive(),
  }),
  /** Everybody is out: the session was closed or destroyed. */
  z.object({ type: z.literal('sessionClosed'), reason: ConnectionEndReason }),
]);
export type SessionEvent = z.infer<typeof SessionEvent>;

/** One entry of the log as a client receives it. */
export const PositionedEvent = z.object({ position: Position, event: SessionEvent });
export type PositionedEvent = z.infer<typeof PositionedEvent>;

/**
 * Events as an SDK takes them. A newer master may send one that this release doesn't know: it costs that event, not the whole
 * message.
 */
export const PositionedEvents = z.array(z.unknown()).transform((items): PositionedEvent[] =>
  items.flatMap((item) => {
    const parsed = PositionedEvent.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  }),
);
