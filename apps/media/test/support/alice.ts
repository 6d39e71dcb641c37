import { Leg } from '@evercall/media-protocol';
import { ConnectionId, type JsonObject, StreamId } from '@evercall/protocol';
import { audioParameters, videoParameters } from '@evercall/testing';
import type { TestMaster } from './test-master.js';

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
