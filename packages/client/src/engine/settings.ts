import type { IceServer } from '@evercall/protocol';
import type { OpenViduAdvancedConfiguration } from '../api/properties.js';

/** What `setAdvancedConfiguration` changed of the peer connections. */
export type RtcSettings = Pick<OpenViduAdvancedConfiguration, 'iceServers' | 'rtcConfiguration'>;

/**
 * STUN and TURN servers: those the application set, else those of the connection. None are needed to reach a media
 * node with an address of its own, so `freeice` adds none.
 */
export function iceServersOf(settings: RtcSettings, ofConnection: readonly IceServer[]): RTCIceServer[] {
  if (settings.iceServers === 'freeice') return [];
  if (settings.iceServers) return settings.iceServers;
  if (settings.rtcConfiguration?.iceServers) return settings.rtcConfiguration.iceServers;
  return ofConnection.map(({ url, username, credential }) => ({
    urls: url,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
}
