import { type RecordingProperties, Recovery, VideoCodec } from '@evercall/protocol';
import { z } from 'zod';
import { ConnectionList } from './connection.js';

/** A session as the platform reports it. */
export const Session = z.object({
  sessionId: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  recording: z.boolean(),
  mediaMode: z.enum(['ROUTED', 'RELAYED']),
  recordingMode: z.enum(['MANUAL', 'ALWAYS']),
  /** The id that was asked for; empty if it is random. */
  customSessionId: z.string(),
  forcedVideoCodec: VideoCodec,
  allowTranscoding: z.boolean(),
  /** Who repairs the session when a node dies. Absent on an OpenVidu server. */
  recovery: Recovery.optional(),
  /** Media node that hosts it; absent before the first participant. */
  mediaNodeId: z.string().optional(),
  connections: ConnectionList,
});
export type Session = z.infer<typeof Session>;

/** What {@link Evercall.createSession} can be told; everything has a default. */
export interface SessionRequest {
  /** Letters, digits, `_` and `-`. Default a random id. */
  customSessionId?: string;
  mediaMode?: 'ROUTED' | 'RELAYED';
  recordingMode?: 'MANUAL' | 'ALWAYS';
  defaultRecordingProperties?: Partial<RecordingProperties>;
  forcedVideoCodec?: VideoCodec;
  allowTranscoding?: boolean;
  /** Media node to place the session on. Default the least loaded. */
  mediaNode?: { id: string };
  /** `automatic`: the platform moves the session. `application`: it ends and the application builds it again. */
  recovery?: Recovery;
}

export const SessionList = z.object({ numberOfElements: z.number(), content: z.array(Session) });
