import { z } from 'zod';

/** Everything that a master answers to a client instead of a result. */
export const ErrorCode = z.enum([
  /** A parameter is wrong; `field` names it. */
  'BAD_REQUEST',
  /** The message or a field is larger than `limits` allow. */
  'TOO_LARGE',
  /** The token is malformed, unknown, used already or expired. */
  'TOKEN_INVALID',
  /** The role doesn't allow it. */
  'PERMISSION_DENIED',
  /** Nothing but `connect` and `resume` may be asked before one of them was answered. */
  'NOT_CONNECTED',
  'SESSION_NOT_FOUND',
  /** The session or connection ended; `reason` says why. */
  'CONNECTION_ENDED',
  'CONNECTION_NOT_FOUND',
  'STREAM_NOT_FOUND',
  /** The media node refused RTP, DTLS or ICE parameters. */
  'MEDIA_REFUSED',
  /** The router's codecs changed; `capabilities` carries the new ones. Load them and ask again. */
  'CAPABILITIES_CHANGED',
  /** The resume token is malformed or not for this cluster. */
  'RESUME_DENIED',
  /** The same mutation id came with another body. */
  'MUTATION_MISMATCH',
  /** Another socket took this connection over. */
  'STALE_SOCKET',
  /** Others changed the same thing too often at the same moment. */
  'CONFLICT',
  /** No media node has room. */
  'NO_MEDIA_NODE',
  /** The media node didn't answer in time. */
  'MEDIA_UNAVAILABLE',
  /** A node that the session ends with doesn't answer; soon it is known whether it is dead. */
  'HOST_UNREACHABLE',
  /** The shared state can't be reached. */
  'STATE_UNAVAILABLE',
  'RATE_LIMITED',
  /** Client and master are more than one protocol version apart. */
  'PROTOCOL_UNSUPPORTED',
  /** No answer in time; the request may or may not have been carried out. */
  'TIMEOUT',
  'INTERNAL',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Codes after which the same request, with the same mutation id, may succeed. */
const retryable: ReadonlySet<ErrorCode> = new Set([
  'STALE_SOCKET',
  'CONFLICT',
  'NO_MEDIA_NODE',
  'MEDIA_UNAVAILABLE',
  'HOST_UNREACHABLE',
  'STATE_UNAVAILABLE',
  'RATE_LIMITED',
  'TIMEOUT',
]);

export function isRetryable(code: ErrorCode): boolean {
  return retryable.has(code);
}

/** An error as it travels to a client. */
export const WireError = z.object({
  code: ErrorCode,
  message: z.string(),
  /** Dotted path of the wrong parameter. */
  field: z.string().optional(),
  /** With `CONNECTION_ENDED`: the reason of the end. */
  reason: z.string().optional(),
  /** With `CAPABILITIES_CHANGED`: the router's RTP capabilities and their hash. */
  capabilities: z.object({ hash: z.string(), rtpCapabilities: z.record(z.string(), z.json()) }).optional(),
  /** Milliseconds to wait before asking again. */
  retryAfterMs: z.number().int().nonnegative().optional(),
});
export type WireError = z.infer<typeof WireError>;
