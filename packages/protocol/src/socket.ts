import { z } from 'zod';
import { WireError } from './errors.js';
import { PositionedEvent } from './events.js';
import { Position } from './position.js';
import { ConnectionEndReason } from './reasons.js';

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
  events: z.array(PositionedEvent),
  /** The log went on with events that are not for this client. */
  position: Position,
  /** The connection ended; the socket is closed next. */
  ended: z.object({ reason: ConnectionEndReason }),
  /** Leave this master: open a new socket after `delayMs` and resume there. */
  goAway: z.object({ delayMs: z.number().int().nonnegative() }),
} as const;
export type ServerMessages = {
  [Name in keyof typeof serverMessages]: z.infer<(typeof serverMessages)[Name]>;
};

/** Typed map of what a client hears, for socket.io. */
export type ServerToClient = { [Name in keyof ServerMessages]: (message: ServerMessages[Name]) => void };
/** Typed map of what a client says, for socket.io. */
export interface ClientToServer {
  request: (request: unknown, answer: (response: Response) => void) => void;
}
