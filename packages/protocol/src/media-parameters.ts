import { z } from 'zod';
import { JsonObject } from './json.js';

/**
 * RTP, ICE and DTLS parameters. Only the SDK's media folder and the media node read them; everything
 * between passes them on. mediasoup validates them where they are used.
 */
export const RtpCapabilities = JsonObject;
export type RtpCapabilities = JsonObject;
export const RtpParameters = JsonObject;
export type RtpParameters = JsonObject;
export const DtlsParameters = JsonObject;
export type DtlsParameters = JsonObject;
export const IceParameters = JsonObject;
export type IceParameters = JsonObject;

/** Audio or video. */
export const MediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof MediaKind>;

/** `send`: from the browser to the media node. `recv`: from the media node to the browser. */
export const Direction = z.enum(['send', 'recv']);
export type Direction = z.infer<typeof Direction>;

/** What the browser needs to create its end of a WebRTC transport. */
export const TransportInfo = z.object({
  id: z.string(),
  iceParameters: IceParameters,
  iceCandidates: z.array(JsonObject),
  dtlsParameters: DtlsParameters,
});
export type TransportInfo = z.infer<typeof TransportInfo>;

/** What the browser needs to receive one track. Its consumer in the media node starts paused. */
export const ConsumerInfo = z.object({
  id: z.string(),
  streamId: z.string(),
  producerId: z.string(),
  kind: MediaKind,
  rtpParameters: RtpParameters,
  /** The publisher muted this track. */
  producerPaused: z.boolean(),
});
export type ConsumerInfo = z.infer<typeof ConsumerInfo>;

/** The first track of each kind that a stream sends; at least one. */
export const TrackOffer = z.object({ kind: MediaKind, rtpParameters: RtpParameters });
export type TrackOffer = z.infer<typeof TrackOffer>;
