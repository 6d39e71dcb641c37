import { z } from 'zod';

/** What a connection may do; each role may do what the ones before it may. */
export const Role = z.enum(['SUBSCRIBER', 'PUBLISHER', 'MODERATOR']);
export type Role = z.infer<typeof Role>;

/** What the SDK shows as `session.capabilities`. */
export interface Capabilities {
  subscribe: boolean;
  publish: boolean;
  forceUnpublish: boolean;
  forceDisconnect: boolean;
}

/** Contract section 4.4. */
export function capabilitiesOf(role: Role): Capabilities {
  return {
    subscribe: true,
    publish: role !== 'SUBSCRIBER',
    forceUnpublish: role === 'MODERATOR',
    forceDisconnect: role === 'MODERATOR',
  };
}
