import { z } from 'zod';
import { IceServer } from './connection.js';
import { Role } from './roles.js';
import { Recovery, VideoCodec } from './snapshot.js';

/** `defaultRecordingProperties` of a session, in the order in which OpenVidu answers them (contract 1.1). */
export const RecordingProperties = z.object({
  name: z.string().default(''),
  hasAudio: z.boolean().default(true),
  hasVideo: z.boolean().default(true),
  outputMode: z.enum(['COMPOSED', 'INDIVIDUAL', 'COMPOSED_QUICK_START']).default('COMPOSED'),
  recordingLayout: z.string().default('BEST_FIT'),
  resolution: z.string().default('1280x720'),
  /** Frames per second. */
  frameRate: z.number().default(25),
  /** Bytes of shared memory. */
  shmSize: z.number().default(536_870_912),
});
export type RecordingProperties = z.infer<typeof RecordingProperties>;

/** What a session was created with. */
export const SessionProperties = z.object({
  mediaMode: z.enum(['ROUTED', 'RELAYED']),
  recordingMode: z.enum(['MANUAL', 'ALWAYS']),
  defaultRecordingProperties: RecordingProperties,
  /** As given; empty if the id is random. */
  customSessionId: z.string(),
  /** As answered: `MEDIA_SERVER_PREFERRED` is resolved. */
  forcedVideoCodec: VideoCodec,
  allowTranscoding: z.boolean(),
  /** Media node that the session must be placed on; absent for the least loaded. */
  mediaNodeId: z.string().optional(),
  recovery: Recovery,
});
export type SessionProperties = z.infer<typeof SessionProperties>;

/** Bandwidths (kbit/s) and filters of OpenVidu's Kurento edition: kept and answered, without effect here. */
export const KurentoOptions = z.object({
  videoMaxRecvBandwidth: z.number().optional(),
  videoMinRecvBandwidth: z.number().optional(),
  videoMaxSendBandwidth: z.number().optional(),
  videoMinSendBandwidth: z.number().optional(),
  allowedFilters: z.array(z.string()).optional(),
});
export type KurentoOptions = z.infer<typeof KurentoOptions>;

/** What a connection was created with. */
export const ConnectionProperties = z.object({
  serverData: z.string(),
  record: z.boolean(),
  role: Role,
  kurentoOptions: KurentoOptions.nullable(),
  customIceServers: z.array(IceServer),
});
export type ConnectionProperties = z.infer<typeof ConnectionProperties>;
