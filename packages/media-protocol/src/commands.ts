import {
  ConnectionId,
  ConsumerInfo,
  Direction,
  DtlsParameters,
  IceParameters,
  JsonObject,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  StreamId,
  TransportInfo,
} from '@evercall/protocol';
import { z } from 'zod';

const nothing = z.object({});
const track = { streamId: StreamId, kind: MediaKind };

/**
 * What a master commands, with the shapes of parameters and result. Each is idempotent by our ids: asked again
 * it answers with the object that exists. The leg (session, life, generation) stands in the batch.
 */
export const commands = {
  /** Makes the session's router. The only command that creates a leg; refused if the leg has a tombstone. */
  openSession: {
    params: z.object({
      /** Index of the worker to use; absent: the least loaded. */
      worker: z.number().int().nonnegative().optional(),
    }),
    result: z.object({
      worker: z.number().int(),
      capabilitiesHash: z.string(),
      rtpCapabilities: RtpCapabilities,
    }),
  },
  /** Ends the leg and leaves a tombstone. Answers also if the leg is unknown. */
  closeSession: { params: nothing, result: nothing },
  /** Makes the WebRTC transport of one direction of one connection. */
  openTransport: {
    params: z.object({
      connectionId: ConnectionId,
      direction: Direction,
      /** Replace a transport that is there (its producers or consumers end with it). */
      renew: z.boolean(),
    }),
    result: TransportInfo,
  },
  connectTransport: {
    params: z.object({ connectionId: ConnectionId, direction: Direction, dtlsParameters: DtlsParameters }),
    result: nothing,
  },
  restartIce: {
    params: z.object({ connectionId: ConnectionId, direction: Direction }),
    result: z.object({ iceParameters: IceParameters }),
  },
  /** Ends the connection's transports, producers and consumers. Answers also if it is unknown. */
  closeConnection: { params: z.object({ connectionId: ConnectionId }), result: nothing },
  produce: {
    params: z.object({
      connectionId: ConnectionId,
      ...track,
      rtpParameters: RtpParameters,
      paused: z.boolean(),
    }),
    result: z.object({ producerId: z.string() }),
  },
  /** Ends a stream's producers and the consumers that hang on them. Answers also if it is unknown. */
  closeStream: { params: z.object({ streamId: StreamId }), result: nothing },
  /** Mutes or unmutes a track for everybody. */
  setProducerPaused: { params: z.object({ ...track, paused: z.boolean() }), result: nothing },
  /** Makes paused consumers for the tracks of a stream that this browser can receive. */
  consume: {
    params: z.object({
      /** Who receives. */
      connectionId: ConnectionId,
      streamId: StreamId,
      rtpCapabilities: RtpCapabilities,
    }),
    result: z.object({ consumers: z.array(ConsumerInfo) }),
  },
  /** Lets the consumers of a stream flow or stand still, by kind. */
  setConsumersPaused: {
    params: z.object({
      connectionId: ConnectionId,
      streamId: StreamId,
      /** `true`: stands still. */
      audio: z.boolean(),
      video: z.boolean(),
    }),
    result: nothing,
  },
  /** Ends a receiver's consumers of a stream. Answers also if there are none. */
  closeConsumers: { params: z.object({ connectionId: ConnectionId, streamId: StreamId }), result: nothing },
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export const CommandName = z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]);
export type CommandParams<Name extends CommandName> = z.infer<Commands[Name]['params']>;
export type CommandResult<Name extends CommandName> = z.infer<Commands[Name]['result']>;

/** One command of a batch, typed by its name. */
export type Command = { [Name in CommandName]: { name: Name; params: CommandParams<Name> } }[CommandName];
/** A command as it arrives; the parameters are parsed by the command's schema. */
export const WireCommand = z.object({ name: CommandName, params: JsonObject });
export type WireCommand = z.infer<typeof WireCommand>;
