import { z } from 'zod';
import { ConnectionId } from './ids.js';
import { Role } from './roles.js';
import { StreamInfo } from './stream.js';

/** Another participant, as the SDK sees it. */
export const ConnectionInfo = z.object({
  connectionId: ConnectionId,
  /** Milliseconds since 1970. */
  createdAt: z.number().int(),
  /** `clientData%/%serverData`; only one of the two stands alone (contract section 4.1). */
  data: z.string(),
});
export type ConnectionInfo = z.infer<typeof ConnectionInfo>;

/** Another participant with what it publishes now. */
export const RemoteConnection = ConnectionInfo.extend({ streams: z.array(StreamInfo) });
export type RemoteConnection = z.infer<typeof RemoteConnection>;

export const IceServer = z.object({
  url: z.string(),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/** One's own connection. */
export const OwnConnection = RemoteConnection.extend({
  role: Role,
  record: z.boolean(),
  iceServers: z.array(IceServer),
});
export type OwnConnection = z.infer<typeof OwnConnection>;

/** Joins client and server data the way OpenVidu does. */
export function joinData(clientData: string, serverData: string): string {
  if (clientData && serverData) return `${clientData}%/%${serverData}`;
  return clientData || serverData;
}
