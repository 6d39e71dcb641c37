import { SessionProperties } from '@evercall/protocol';

export function sessionProperties(
  id: string,
  properties: Partial<SessionProperties> = {},
): SessionProperties {
  return SessionProperties.parse({
    mediaMode: 'ROUTED',
    recordingMode: 'MANUAL',
    defaultRecordingProperties: {},
    customSessionId: id,
    forcedVideoCodec: 'NONE',
    allowTranscoding: false,
    recovery: 'automatic',
    ...properties,
  });
}
