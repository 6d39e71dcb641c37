import { IceServer, KurentoOptions, Role } from '@evercall/protocol';
import { z } from 'zod';

/** What a participant publishes, as the platform reports it. */
export const PublishedStream = z.object({
  streamId: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  mediaOptions: z.object({
    hasAudio: z.boolean(),
    audioActive: z.boolean().optional(),
    hasVideo: z.boolean(),
    videoActive: z.boolean().optional(),
    typeOfVideo: z.string().optional(),
    /** Frames per second. */
    frameRate: z.number().nullish(),
    /** JSON: `{"width":640,"height":480}`, in pixels. */
    videoDimensions: z.string().nullish(),
  }),
});
export type PublishedStream = z.infer<typeof PublishedStream>;

/** One participant's membership of a session; `pending` until its token was used. */
export const Connection = z.object({
  connectionId: z.string(),
  sessionId: z.string(),
  status: z.enum(['pending', 'active']),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  /** Milliseconds since 1970; `null` while pending. */
  activeAt: z.number().nullable(),
  type: z.string(),
  role: Role.nullable(),
  record: z.boolean(),
  /** What the browser joins with; usable once. */
  token: z.string().nullable(),
  /** What this backend attached. */
  serverData: z.string().nullable(),
  /** What the browser attached; `null` while pending. */
  clientData: z.string().nullable(),
  platform: z.string().nullable(),
  ip: z.string().nullable(),
  location: z.string().nullable(),
  publishers: z.array(PublishedStream).nullable(),
  subscribers: z.array(z.object({ streamId: z.string(), createdAt: z.number() })).nullable(),
});
export type Connection = z.infer<typeof Connection>;

/** What {@link Evercall.createConnection} can be told; everything has a default. */
export interface ConnectionRequest {
  role?: Role;
  /** Server data that every participant can read. Default none. */
  data?: string;
  record?: boolean;
  kurentoOptions?: KurentoOptions;
  customIceServers?: IceServer[];
}

/** What {@link Evercall.updateConnection} can change. */
export interface ConnectionChange {
  role?: Role;
  record?: boolean;
}

export const ConnectionList = z.object({ numberOfElements: z.number(), content: z.array(Connection) });
