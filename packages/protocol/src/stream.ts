import { z } from 'zod';
import { ConnectionId, StreamId } from './ids.js';

/** Where a stream's video comes from. */
export const TypeOfVideo = z.enum(['CAMERA', 'SCREEN', 'CUSTOM']);
export type TypeOfVideo = z.infer<typeof TypeOfVideo>;

export const VideoDimensions = z.object({
  width: z.number().int().nonnegative().max(16_384),
  height: z.number().int().nonnegative().max(16_384),
});
export type VideoDimensions = z.infer<typeof VideoDimensions>;

/** What a publisher says of its stream. Video fields are absent for audio alone. */
export const MediaOptions = z.object({
  hasAudio: z.boolean(),
  audioActive: z.boolean().optional(),
  hasVideo: z.boolean(),
  videoActive: z.boolean().optional(),
  typeOfVideo: TypeOfVideo.optional(),
  /** Frames per second. */
  frameRate: z.number().positive().max(240).optional(),
  videoDimensions: VideoDimensions.optional(),
});
export type MediaOptions = z.infer<typeof MediaOptions>;

/** A published stream as every participant sees it. */
export const StreamInfo = MediaOptions.extend({
  streamId: StreamId,
  connectionId: ConnectionId,
  /** Milliseconds since 1970. */
  createdAt: z.number().int(),
});
export type StreamInfo = z.infer<typeof StreamInfo>;
