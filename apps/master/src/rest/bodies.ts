import {
  KurentoOptions,
  limits,
  RecordingProperties,
  Recovery,
  Role,
  SessionProperties,
  VideoCodec,
} from '@evercall/protocol';
import { z } from 'zod';
import type { MasterConfig } from '../config.js';
import { CustomIceServers } from './ice-servers.js';
import { orDefault, parseBody } from './parse.js';

const recording = RecordingProperties.shape;
/** Width and height, 100 to 1999 pixels each. */
const resolution = /^(1\d{3}|[1-9]\d{2})x(1\d{3}|[1-9]\d{2})$/;
const Recording = z
  .object({
    name: orDefault(z.string().regex(/^[a-zA-Z0-9_\-~]*$/), ''),
    hasAudio: orDefault(z.boolean(), true),
    hasVideo: orDefault(z.boolean(), true),
    outputMode: orDefault(recording.outputMode.unwrap(), 'COMPOSED'),
    recordingLayout: orDefault(
      z.enum([
        'BEST_FIT',
        'CUSTOM',
        'PICTURE_IN_PICTURE',
        'VERTICAL_PRESENTATION',
        'HORIZONTAL_PRESENTATION',
      ]),
      'BEST_FIT',
    ),
    resolution: orDefault(z.string().regex(resolution), '1280x720'),
    frameRate: orDefault(z.number().int().min(1).max(120), 25),
    shmSize: orDefault(z.number().int().min(134_217_728), 536_870_912),
  })
  .refine(({ hasAudio, hasVideo }) => hasAudio || hasVideo, {
    path: ['hasVideo'],
    message: 'a recording needs audio or video',
  });

/** Inside of it, too, null means "not set". */
const Kurento = z
  .record(z.string(), z.unknown())
  .transform((options) => Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)))
  .pipe(KurentoOptions);

/** Codecs as OpenVidu answers them: mediasoup has no preference of its own (contract 1.1). */
function resolveCodec(codec: VideoCodec): VideoCodec {
  return codec === 'MEDIA_SERVER_PREFERRED' ? 'NONE' : codec;
}

/** `POST /sessions` (contract 1.1). Null means the default, unknown fields are ignored. */
export function createSession(
  config: Pick<MasterConfig, 'OPENVIDU_STREAMS_FORCED_VIDEO_CODEC' | 'EVERCALL_RECOVERY'>,
) {
  return z.object({
    mediaMode: orDefault(z.enum(['ROUTED', 'RELAYED']), 'ROUTED'),
    recordingMode: orDefault(z.enum(['MANUAL', 'ALWAYS']), 'MANUAL'),
    customSessionId: orDefault(
      z
        .string()
        .regex(/^[a-zA-Z0-9_-]*$/)
        .max(256),
      '',
    ),
    defaultRecordingProperties: orDefault(Recording, Recording.parse({})),
    mediaNode: z.object({ id: z.string().nullish() }).nullish(),
    forcedVideoCodec: orDefault(VideoCodec, config.OPENVIDU_STREAMS_FORCED_VIDEO_CODEC),
    allowTranscoding: orDefault(z.boolean(), false),
    recovery: orDefault(Recovery, config.EVERCALL_RECOVERY),
  });
}

/**
 * What a body of `POST /sessions` asks for.
 *
 * @throws RestError 400 that names the field
 */
export function sessionProperties(body: unknown, config: MasterConfig): SessionProperties {
  const { mediaNode, forcedVideoCodec, ...rest } = parseBody(createSession(config), body);
  return {
    ...rest,
    forcedVideoCodec: resolveCodec(forcedVideoCodec),
    ...(mediaNode?.id ? { mediaNodeId: mediaNode.id } : {}),
  };
}

/** `POST /sessions/{id}/connection` (contract 1.2). */
export const CreateConnection = z.object({
  type: orDefault(z.enum(['WEBRTC']), 'WEBRTC'),
  data: orDefault(z.string().max(limits.connectionData), ''),
  record: orDefault(z.boolean(), true),
  role: orDefault(Role, 'PUBLISHER'),
  kurentoOptions: Kurento.nullish().transform((options) => options ?? null),
  customIceServers: orDefault(CustomIceServers, []),
});

/** `POST /tokens` (deprecated). */
export const CreateToken = CreateConnection.extend({ session: z.string() });

/** `POST /signal` (contract 1.3). */
export const SendSignal = z.object({
  session: z.string(),
  to: orDefault(z.array(z.string()), []),
  type: orDefault(z.string().max(limits.signalType), ''),
  data: orDefault(z.string().max(limits.signalData), ''),
});
