import { z } from 'zod';
import { AppEvent } from './app-events.js';
import { PositionedEvents } from './events.js';
import { ConnectionId, MasterId, MutationId, StreamId } from './ids.js';
import { limits } from './limits.js';
import {
  ConsumerInfo,
  Direction,
  DtlsParameters,
  IceParameters,
  MediaKind,
  RtpCapabilities,
  TrackOffer,
} from './media-parameters.js';
import { Position } from './position.js';
import { StreamChangeReason } from './reasons.js';
import { ClientPolicy, MediaSetup, ServedBy, Snapshot } from './snapshot.js';
import { MediaOptions, StreamInfo, VideoDimensions } from './stream.js';

const nothing = z.object({});

/** State of a transport in the browser; `none` if the client has none. */
export const TransportState = z.enum([
  'none',
  'new',
  'connecting',
  'connected',
  'disconnected',
  'failed',
  'closed',
]);
export type TransportState = z.infer<typeof TransportState>;

const Subscription = z.object({ streamId: StreamId, audio: z.boolean(), video: z.boolean() });

/**
 * What a client may ask, with the shapes of question and answer. Each travels as a {@link Request} and is
 * answered by a {@link Response}.
 */
export const methods = {
  /** Uses up a token and joins. The answer is everything the client needs to send and receive. */
  connect: {
    params: z.object({
      protocol: z.number().int(),
      /** The whole token URL. */
      token: z.string().max(2048),
      clientData: z.string().max(limits.connectionData),
      /** For people: `Chrome 156 on Linux`. */
      platform: z.string().max(256),
      sdkVersion: z.string().max(64),
      /** Hash of the router capabilities that `rtpCapabilities` was computed from; empty if none are known. */
      capabilitiesHash: z.string().max(128),
      /** What the browser can receive. */
      rtpCapabilities: RtpCapabilities,
    }),
    result: z.object({
      protocol: z.number().int(),
      snapshot: Snapshot,
      media: MediaSetup,
      resumeToken: z.string(),
      servedBy: ServedBy,
      policy: ClientPolicy,
    }),
  },
  /** Takes a connection over on a new socket. Media is left alone unless it is gone or moved. */
  resume: {
    params: z.object({
      protocol: z.number().int(),
      resumeToken: z.string().max(4096),
      position: Position,
      generation: z.number().int().positive(),
      transports: z.object({ send: TransportState, recv: TransportState }),
      capabilitiesHash: z.string().max(128),
      rtpCapabilities: RtpCapabilities,
      /** What the client publishes and receives; the master repairs the difference. */
      streams: z.array(StreamId).max(limits.streamsPerConnection),
      subscriptions: z.array(Subscription).max(1000),
      /** Milliseconds that the client has been without a master so far. */
      awayMs: z.number().int().nonnegative().optional(),
      /** Master whose socket broke without a word: the cluster looks after it. */
      lostMasterId: MasterId.optional(),
    }),
    result: z.object({
      protocol: z.number().int(),
      /** Present if the log no longer holds what was missed; then `events` is empty. */
      snapshot: Snapshot.optional(),
      events: PositionedEvents,
      position: Position,
      /** Present if the client needs new transports: the media moved or its transports are gone. */
      media: MediaSetup.optional(),
      /** Streams that the client publishes and the cluster doesn't know: publish them again. */
      republish: z.array(StreamId),
      resumeToken: z.string(),
      servedBy: ServedBy,
      policy: ClientPolicy,
    }),
  },
  leave: { params: nothing, result: nothing },
  publish: {
    params: z.object({
      /** Made by the SDK (`str_…_<own connection id>`), so that a repetition is the same stream. */
      streamId: StreamId,
      options: MediaOptions,
      tracks: z.array(TrackOffer).min(1).max(2),
      generation: z.number().int().positive(),
    }),
    result: z.object({ stream: StreamInfo }),
  },
  unpublish: { params: z.object({ streamId: StreamId }), result: nothing },
  /** Mutes or unmutes a published track for everybody. */
  setTrackActive: {
    params: z.object({
      streamId: StreamId,
      kind: MediaKind,
      active: z.boolean(),
      reason: StreamChangeReason,
    }),
    result: nothing,
  },
  /** Tells that the published picture has another size. */
  setVideoDimensions: {
    params: z.object({ streamId: StreamId, dimensions: VideoDimensions, reason: StreamChangeReason }),
    result: nothing,
  },
  /** Wants a stream. Consumers that exist already are answered again, not made twice. */
  subscribe: {
    params: Subscription.extend({
      generation: z.number().int().positive(),
      rtpCapabilities: RtpCapabilities,
    }),
    result: z.object({ consumers: z.array(ConsumerInfo) }),
  },
  /** The browser is ready: let the consumers of these streams flow, as far as they are subscribed to. */
  startConsumers: {
    params: z.object({
      streamIds: z.array(StreamId).min(1).max(200),
      generation: z.number().int().positive(),
    }),
    result: nothing,
  },
  unsubscribe: { params: z.object({ streamId: StreamId }), result: nothing },
  connectTransport: {
    params: z.object({
      direction: Direction,
      generation: z.number().int().positive(),
      dtlsParameters: DtlsParameters,
    }),
    result: nothing,
  },
  /**
   * After `moved`: everything is sent and received on this generation, the one before may go.
   * `audioMs`, `videoMs`: longest gap that this client noticed, in milliseconds; absent if it received none.
   */
  moveDone: {
    params: z.object({
      generation: z.number().int().positive(),
      audioMs: z.number().int().nonnegative().optional(),
      videoMs: z.number().int().nonnegative().optional(),
    }),
    result: nothing,
  },
  restartIce: {
    params: z.object({ direction: Direction, generation: z.number().int().positive() }),
    result: z.object({ iceParameters: IceParameters }),
  },
  signal: {
    params: z.object({
      /** Without the `signal:` prefix; empty for none. */
      type: z.string().max(limits.signalType),
      data: z.string().max(limits.signalData),
      /** Empty: everybody, the sender included. */
      to: z.array(ConnectionId).max(1000),
    }),
    result: nothing,
  },
  /** Tells everybody an event of the application. */
  tell: { params: AppEvent, result: nothing },
  forceUnpublish: { params: z.object({ streamId: StreamId }), result: nothing },
  forceDisconnect: { params: z.object({ connectionId: ConnectionId }), result: nothing },
} as const;

export type Methods = typeof methods;
export type Method = keyof Methods;
export const Method = z.enum(Object.keys(methods) as [Method, ...Method[]]);
export type Params<M extends Method> = z.infer<Methods[M]['params']>;
export type Result<M extends Method> = z.infer<Methods[M]['result']>;

/** A question on the client socket; the parameters are parsed by the method's schema. */
export const Request = z.object({ id: MutationId, method: Method, params: z.unknown() });
export type Request = z.infer<typeof Request>;
