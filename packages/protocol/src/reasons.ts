import { z } from 'zod';

/** Why a connection ended (OpenVidu's `ConnectionEventReason`). */
export const ConnectionEndReason = z.enum([
  'disconnect',
  'forceDisconnectByUser',
  'forceDisconnectByServer',
  'sessionClosedByServer',
  'networkDisconnect',
  'nodeCrashed',
]);
export type ConnectionEndReason = z.infer<typeof ConnectionEndReason>;

/** Why a stream ended (OpenVidu's `StreamEventReason`). */
export const StreamEndReason = z.enum([
  ...ConnectionEndReason.options,
  'unpublish',
  'forceUnpublishByUser',
  'forceUnpublishByServer',
]);
export type StreamEndReason = z.infer<typeof StreamEndReason>;

/** Why a session ended, as history and webhooks name it. */
export const SessionEndReason = z.enum([
  'lastParticipantLeft',
  'sessionClosedByServer',
  'mediaServerDisconnect',
  'nodeCrashed',
  'openviduServerStopped',
  'automaticStop',
]);
export type SessionEndReason = z.infer<typeof SessionEndReason>;

/** Why a property of a stream changed. */
export const StreamChangeReason = z.enum([
  'publishVideo',
  'publishAudio',
  'trackReplaced',
  'deviceRotated',
  'screenResized',
]);
export type StreamChangeReason = z.infer<typeof StreamChangeReason>;
