import { z } from 'zod';

/** Why a media node refuses a command. */
export const MediaErrorCode = z.enum([
  /** The parameters don't fit the command's schema; `field` names the wrong one. */
  'BAD_COMMAND',
  /** No such leg is open here. */
  'LEG_UNKNOWN',
  /** The leg was closed here before; it can't come back. */
  'LEG_CLOSED',
  /** A newer life or generation of the session is open here. */
  'LEG_OUTDATED',
  'TRANSPORT_UNKNOWN',
  'STREAM_UNKNOWN',
  'CONSUMER_UNKNOWN',
  /** mediasoup refused RTP, ICE or DTLS parameters. */
  'PARAMETERS_REFUSED',
  /** The worker is gone or doesn't answer. */
  'WORKER_UNAVAILABLE',
  /** No port, router or transport could be made. */
  'EXHAUSTED',
  /** The node takes no new sessions. */
  'DRAINING',
  'PROTOCOL_UNSUPPORTED',
  'INTERNAL',
]);
export type MediaErrorCode = z.infer<typeof MediaErrorCode>;

export const MediaWireError = z.object({
  code: MediaErrorCode,
  message: z.string(),
  field: z.string().optional(),
});
export type MediaWireError = z.infer<typeof MediaWireError>;
