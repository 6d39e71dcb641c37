import type { types } from 'mediasoup';
import { z } from 'zod';

/*
 * RTP and DTLS parameters of browsers, checked in full before mediasoup sees them. mediasoup checks less than it
 * writes into its messages, and all sessions of a worker share one message builder: a wrong type that throws in
 * the middle of a message leaves the builder unusable, and with it the worker.
 */

const payloadType = z.int().min(0).max(127);
const ssrc = z.int().min(0).max(0xffff_ffff);
const text = z.string().max(512);
const parameterValue = z.union([text, z.boolean(), z.number(), z.array(z.int()).max(32)]);
const parameters = z.record(text, parameterValue).exactOptional();
const channels = z.int().min(1).max(255).exactOptional();
const clockRate = z.int().min(1).max(0xffff_ffff);
const mimeType = z.string().regex(/^(audio|video)\/[\w.+-]{1,40}$/i);
const rtcpFeedback = z
  .array(z.object({ type: text, parameter: text.exactOptional() }))
  .max(32)
  .exactOptional();

const headerExtensionUri = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

/** What a browser can receive. */
export const RtpCapabilitiesSchema: z.ZodType<types.RtpCapabilities> = z.object({
  codecs: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        mimeType,
        preferredPayloadType: payloadType,
        clockRate,
        channels,
        parameters,
        rtcpFeedback,
      }),
    )
    .max(128)
    .exactOptional(),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri: headerExtensionUri,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().exactOptional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
});

/** What a browser sends for one track. */
export const RtpParametersSchema: z.ZodType<types.RtpParameters> = z.object({
  mid: z.string().max(32).exactOptional(),
  codecs: z
    .array(z.object({ mimeType, payloadType, clockRate, channels, parameters, rtcpFeedback }))
    .min(1)
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        uri: headerExtensionUri,
        id: z.int().min(1).max(255),
        encrypt: z.boolean().exactOptional(),
        parameters,
      }),
    )
    .max(64)
    .exactOptional(),
  encodings: z
    .array(
      z.object({
        ssrc: ssrc.exactOptional(),
        rid: z.string().max(64).exactOptional(),
        codecPayloadType: payloadType.exactOptional(),
        rtx: z.object({ ssrc }).exactOptional(),
        dtx: z.boolean().exactOptional(),
        scalabilityMode: z.string().max(32).exactOptional(),
        maxBitrate: z.int().min(0).max(0xffff_ffff).exactOptional(),
      }),
    )
    .min(1)
    .max(8),
  rtcp: z.object({ cname: text.exactOptional(), reducedSize: z.boolean().exactOptional() }).exactOptional(),
  msid: text.exactOptional(),
});

/** A browser's end of DTLS. */
export const DtlsParametersSchema: z.ZodType<types.DtlsParameters> = z.object({
  role: z.enum(['auto', 'client', 'server']).exactOptional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){1,63}$/i),
      }),
    )
    .min(1)
    .max(16),
});
