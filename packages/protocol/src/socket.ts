import { z } from 'zod';
import { WireError } from './errors.js';
import { PositionedEvents } from './events.js';
import { Position } from './position.js';
import { ConnectionEndReason } from './reasons.js';
import { MediaSetup, ServedBy, Snapshot } from './snapshot.js';

/** HTTP path of the client socket (socket.io, WebSocket transport only) behind the load balancer. */
export const socketPath = '/evercall/socket';

/** Answer to a {@link Request}; `result` is parsed by the method's schema. */
export const Response = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type Response = z.infer<typeof Response>;

/**
 * What a master sends unasked, by the name of the socket.io event. Nothing of it is sent before `connect` or
 * `resume` was answered on that socket.
 */
export const serverMessages = {
  /** Durable events, in order, without holes for this client. */
  events: PositionedEvents,
  /** The log went on with events that are not for this client. */
  position: Position,
  /**
   * What happened since can't be told event by event any more: this is how things are, and events go on from there. A
   * snapshot of a later epoch means that the cluster lost data: own streams that it lacks must be published again.
   */
  resync: z.object({ snapshot: Snapshot }),
  /**
   * The session's media is on another media node: build new transports from this, publish and subscribe again there,
   * then say `moveDone`. `planned`: the old ones still carry media; keep them until the new ones do.
   */
  moved: z.object({ media: MediaSetup, servedBy: ServedBy, planned: z.boolean() }),
  /** The media of this generation is gone and there is no media node with room yet: `moved` follows when there is. */
  mediaLost: z.object({ generation: z.number().int().positive() }),
  /** The connection ended; the socket is closed next. */
  ended: z.object({ reason: ConnectionEndReason }),
  /** Leave this master: open a new socket after `delayMs` and resume there. */
  goAway: z.object({ delayMs: z.number().int().nonnegative() }),
} as const;
export type ServerMessages = {
  [Name in keyof typeof serverMessages]: z.infer<(typeof serverMessages)[Name]>;
};

/** One of {@link serverMessages} with its name. */
export const ServerMessage = z.discriminatedUnion('name', [
  z.object({ name: z.literal('events'), payload: serverMessages.events }),
  z.object({ name: z.literal('position'), payload: serverMessages.position }),
  z.object({ name: z.literal('resync'), payload: serverMessages.resync }),
  z.object({ name: z.literal('moved'), payload: serverMessages.moved }),
  z.object({ name: z.literal('mediaLost'), payload: serverMessages.mediaLost }),
  z.object({ name: z.literal('ended'), payload: serverMessages.ended }),
  z.object({ name: z.literal('goAway'), payload: serverMessages.goAway }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** Typed map of what a client hears, for socket.io. */
export type ServerToClient = { [Name in keyof ServerMessages]: (message: ServerMessages[Name]) => void };
/** Typed map of what a client says, for socket.io. */
export interface ClientToServer {
  request: (request: unknown, answer: (response: Response) => void) => void;
}
