import { Leg } from '@evercall/media-protocol';
import { ConnectionId, type JsonObject, StreamId } from '@evercall/protocol';
import type { TestMaster } from './test-master.js';

/** What Chromium sends for a microphone, shortened. */
export function audioParameters(ssrc: number): JsonObject {
  return {
    mid: '0',
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
    rtcp: { cname: 'browser', reducedSize: true },
  };
}

/** What Chromium sends for a camera, shortened. */
export function videoParameters(ssrc: number): JsonObject {
  return {
    mid: '1',
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        parameters: {},
        rtcpFeedback: [
          { type: 'nack', parameter: '' },
          { type: 'nack', parameter: 'pli' },
          { type: 'transport-cc', parameter: '' },
        ],
      },
      {
        mimeType: 'video/rtx',
        payloadType: 97,
        clockRate: 90_000,
        parameters: { apt: 96 },
        rtcpFeedback: [],
      },
    ],
    headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} }],
    encodings: [{ ssrc, rtx: { ssrc: ssrc + 1 } }],
    rtcp: { cname: 'browser', reducedSize: true },
  };
}

export const dtlsParameters: JsonObject = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

export const alice = ConnectionId.parse('con_Alice00000');
export const bob = ConnectionId.parse('con_Bob0000000');
export const aliceStream = StreamId.parse('str_CAM_AAAA_con_Alice00000');

export function legOf(sessionId: string, life = 1, generation = 1): Leg {
  return Leg.parse({ sessionId, life, generation });
}

/** Opens a session in which Alice publishes and Bob could receive; gives what its router can. */
export async function publishAlice(master: TestMaster, leg: Leg): Promise<JsonObject> {
  const { rtpCapabilities } = await master.command(leg, 'openSession', {});
  const answers = await master.batch(leg, [
    { name: 'openTransport', params: { connectionId: alice, direction: 'send', renew: false } },
    { name: 'openTransport', params: { connectionId: bob, direction: 'recv', renew: false } },
    {
      name: 'produce',
      params: {
        connectionId: alice,
        streamId: aliceStream,
        kind: 'audio',
        rtpParameters: audioParameters(1000),
        paused: false,
      },
    },
    {
      name: 'produce',
      params: {
        connectionId: alice,
        streamId: aliceStream,
        kind: 'video',
        rtpParameters: videoParameters(2000),
        paused: false,
      },
    },
  ]);
  for (const answer of answers) if (!answer.ok) throw new Error(answer.error.message);
  return rtpCapabilities;
}
