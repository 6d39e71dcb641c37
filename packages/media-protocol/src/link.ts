import {
  ConnectionId,
  Direction,
  JsonObject,
  MasterId,
  MediaNodeId,
  MutationId,
  RtpCapabilities,
  StreamId,
} from '@evercall/protocol';
import { z } from 'zod';
import { WireCommand } from './commands.js';
import { MediaWireError } from './errors.js';
import { Leg } from './leg.js';

/** Number of this protocol. Each end accepts its own and the one before. */
export const mediaProtocolVersion = 1;

export function isMediaProtocolSupported(version: number): boolean {
  return version === mediaProtocolVersion || version === mediaProtocolVersion - 1;
}

/** HTTP path of the control link (socket.io, WebSocket transport only) on a media node. */
export const controlPath = '/evercall/control';

/** Largest message on a control link, in bytes. */
export const controlMessageLimit = 256 * 1024;

/** Sent in socket.io's `auth` when a master opens its link. */
export const LinkAuth = z.object({
  protocol: z.number().int(),
  masterId: MasterId,
  /** `HMAC-SHA256(OPENVIDU_SECRET, "evercall control link")`, hexadecimal. */
  key: z.string(),
  /** Id that the master expects to find at this address; another incarnation refuses and names itself. */
  mediaNodeId: MediaNodeId,
});
export type LinkAuth = z.infer<typeof LinkAuth>;

/** Why a media node refuses a link; stands in `data` of socket.io's `connect_error`. */
export const LinkRefusal = z.object({
  code: z.enum([
    /** `auth` doesn't have the shape of {@link LinkAuth}. */
    'AUTH_MALFORMED',
    'KEY_WRONG',
    'PROTOCOL_UNSUPPORTED',
    /** Another incarnation runs at this address: the expected one is gone for good. */
    'OTHER_INCARNATION',
  ]),
  /** Who answers; told only to those who have the key. */
  mediaNodeId: MediaNodeId.optional(),
});
export type LinkRefusal = z.infer<typeof LinkRefusal>;

/** Commands for one leg in one message; carried out in order, those of one connection never beside each other. */
export const Batch = z.object({ id: MutationId, leg: Leg, commands: z.array(WireCommand).min(1).max(500) });
export type Batch = z.infer<typeof Batch>;

/** Answer to one command. A refused one doesn't stop the ones after it. */
export const CommandAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: JsonObject }),
  z.object({ ok: z.literal(false), error: MediaWireError }),
]);
export type CommandAnswer = z.infer<typeof CommandAnswer>;

/** Answer to a batch: one per command, in order; or one error if the batch itself is wrong. */
export const BatchAnswer = z.union([
  z.object({ answers: z.array(CommandAnswer) }),
  z.object({ error: MediaWireError }),
]);
export type BatchAnswer = z.infer<typeof BatchAnswer>;

/** Everything that lives on a media node: the truth about media. */
export const Inventory = z.object({
  mediaNodeId: MediaNodeId,
  legs: z.array(
    z.object({
      leg: Leg,
      worker: z.number().int(),
      /** Milliseconds since the leg was opened. */
      ageMs: z.number().int(),
      connections: z.array(
        z.object({
          connectionId: ConnectionId,
          ageMs: z.number().int(),
          transports: z.array(Direction),
        }),
      ),
      streams: z.array(
        z.object({
          streamId: StreamId,
          connectionId: ConnectionId,
          ageMs: z.number().int(),
          kinds: z.array(z.enum(['audio', 'video'])),
        }),
      ),
    }),
  ),
  /**
   * Legs whose worker died and that no `closeSession` has ended since: `legsLost` may have found no master. A node of
   * before this field has none.
   */
  lost: z.array(Leg).default([]),
});
export type Inventory = z.infer<typeof Inventory>;

/** Messages that a media node sends to every master unasked; each may be lost. */
export const mediaMessages = {
  /** First of all on each link: what routers of this node can forward, and its hash. */
  hello: z.object({ capabilitiesHash: z.string(), rtpCapabilities: RtpCapabilities }),
  /** Legs that ended without a command: their worker died. */
  legsLost: z.object({ legs: z.array(Leg), cause: z.enum(['workerDied']) }),
  /** A transport's DTLS or ICE broke for good. */
  transportFailed: z.object({ leg: Leg, connectionId: ConnectionId, direction: Direction }),
} as const;
export type MediaMessages = { [Name in keyof typeof mediaMessages]: z.infer<(typeof mediaMessages)[Name]> };

/** Typed map of what a media node hears, for socket.io. */
export interface MasterToMedia {
  batch: (batch: unknown, answer: (answer: BatchAnswer) => void) => void;
  inventory: (query: Record<string, never>, answer: (inventory: Inventory) => void) => void;
}
/** Typed map of what a master hears, for socket.io. */
export type MediaToMaster = { [Name in keyof MediaMessages]: (message: MediaMessages[Name]) => void };
