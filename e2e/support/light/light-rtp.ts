import type { JsonObject } from '@evercall/protocol';

let ssrc = 100_000;

/** What Chromium offers for a microphone, shortened, with a source of its own each time. */
export function microphone(): JsonObject {
  ssrc += 1;
  return {
    mid: `${ssrc}`,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1 },
        rtcpFeedback: [{ type: 'transport-cc', parameter: '' }],
      },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} }],
    encodings: [{ ssrc, dtx: false }],
    rtcp: { cname: 'light', reducedSize: true },
  };
}

/** Well-formed; nobody ever shakes hands with it. */
export const dtlsParameters: JsonObject = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};
