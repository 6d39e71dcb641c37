import {
  IceServer,
  KurentoOptions,
  RecordingProperties,
  Recovery,
  Role,
  VideoCodec,
} from '@evercall/protocol';
import { z } from 'zod';

const PublishedStream = z.strictObject({
  createdAt: z.number().describe('Milliseconds since 1970.'),
  streamId: z.string(),
  mediaOptions: z.strictObject({
    hasAudio: z.boolean(),
    audioActive: z.boolean().optional().describe('Present if it has audio.'),
    hasVideo: z.boolean(),
    videoActive: z.boolean().optional().describe('This and what follows: present if it has video.'),
    typeOfVideo: z.string().optional(),
    frameRate: z.number().optional().describe('Frames per second.'),
    videoDimensions: z.string().optional().describe('JSON: {"width":640,"height":480}, in pixels.'),
    filter: z.strictObject({}),
  }),
});

/** A connection as REST answers it (contract 1.2). */
export const ConnectionAnswer = z.strictObject({
  id: z.string(),
  object: z.literal('connection'),
  status: z.enum(['pending', 'active']),
  connectionId: z.string(),
  sessionId: z.string(),
  createdAt: z.number().describe('Milliseconds since 1970.'),
  type: z.literal('WEBRTC'),
  record: z.boolean(),
  role: Role,
  kurentoOptions: KurentoOptions.nullable(),
  customIceServers: z.array(IceServer),
  rtspUri: z.null(),
  adaptativeBitrate: z.null(),
  onlyPlayWithSubscribers: z.null(),
  networkCache: z.null(),
  serverData: z.string().describe('What the backend attached.'),
  token: z.string().describe('What the browser joins with; usable once.'),
  activeAt: z
    .number()
    .nullable()
    .describe('Milliseconds since 1970; this and what follows: null while pending.'),
  location: z.string().nullable(),
  ip: z.string().nullable(),
  platform: z.string().nullable(),
  clientData: z.string().nullable().describe('What the browser attached.'),
  publishers: z.array(PublishedStream).nullable(),
  subscribers: z.array(z.strictObject({ createdAt: z.number(), streamId: z.string() })).nullable(),
});

/** Connections of a session. */
export const ConnectionListAnswer = z.strictObject({
  numberOfElements: z.number().int(),
  content: z.array(ConnectionAnswer),
});

/** A session as REST answers it (contract 1.1). */
export const SessionAnswer = z.strictObject({
  id: z.string(),
  object: z.literal('session'),
  sessionId: z.string(),
  createdAt: z.number().describe('Milliseconds since 1970.'),
  recording: z.boolean(),
  broadcasting: z.boolean(),
  mediaMode: z.enum(['ROUTED', 'RELAYED']),
  recordingMode: z.enum(['MANUAL', 'ALWAYS']),
  defaultRecordingProperties: RecordingProperties,
  customSessionId: z.string().describe('The id that was asked for; empty if it is random.'),
  forcedVideoCodec: VideoCodec,
  allowTranscoding: z.boolean(),
  recovery: Recovery.describe('Who repairs the session when a node dies.'),
  connections: ConnectionListAnswer,
  mediaNode: z
    .strictObject({ id: z.string() })
    .optional()
    .describe('Where its media is, or was asked to be.'),
  mediaNodeId: z.string().optional().describe('Where its media is; absent before the first participant.'),
});

/** All sessions. */
export const SessionListAnswer = z.strictObject({
  numberOfElements: z.number().int(),
  content: z.array(SessionAnswer),
});

/** A token, the deprecated way (contract 1.2). */
export const TokenAnswer = z.strictObject({
  id: z.string(),
  token: z.string(),
  connectionId: z.string(),
  createdAt: z.number(),
  session: z.string(),
  data: z.string(),
  role: Role,
  record: z.boolean(),
  kurentoOptions: KurentoOptions.optional(),
});

/** How the whole cluster is (contract 1.7). */
export const ClusterHealthAnswer = z.strictObject({
  clusterStatus: z.enum(['UP', 'UNSTABLE', 'DOWN']),
  nodes: z.record(
    z.string(),
    z.strictObject({
      status: z.string(),
      id: z.string(),
      uri: z.string(),
      disconnectedMediaNodes: z.array(z.string()),
    }),
  ),
});

/** An error's body; many errors have none (contract 1.0). */
export const ErrorAnswer = z.strictObject({
  timestamp: z.number().describe('Milliseconds since 1970.'),
  status: z.number().int(),
  error: z.string(),
  message: z.string(),
  path: z.string(),
  field: z.string().optional().describe('Dotted path of the wrong parameter, or the name of a header.'),
  code: z.string().optional(),
});
