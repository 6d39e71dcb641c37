import type { JsonObject } from '@evercall/protocol';
import { audioParameters, dtlsParameters, videoParameters } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alice, aliceStream, bob, legOf, publishAlice } from './support/alice.js';
import { TestMaster } from './support/test-master.js';
import { startTestNode, type TestNode } from './support/test-node.js';

const leg = legOf('Garbage');
let node: TestNode;
let master: TestMaster;
let rtpCapabilities: JsonObject;

beforeAll(async () => {
  node = await startTestNode();
  master = await TestMaster.open(node);
  rtpCapabilities = await publishAlice(master, leg);
  await master.command(leg, 'openTransport', { connectionId: bob, direction: 'send', renew: false });
});

afterAll(async () => {
  await master[Symbol.asyncDispose]();
  await node.stop();
});

/** The others still can do everything, on this session and on another of the same worker. */
async function expectHealthy(): Promise<void> {
  await master.command(leg, 'openTransport', { connectionId: bob, direction: 'recv', renew: true });
  const { consumers } = await master.command(leg, 'consume', {
    connectionId: bob,
    streamId: aliceStream,
    rtpCapabilities,
  });
  expect(consumers).toHaveLength(2);
  const other = legOf(`Other${Math.floor(performance.now() * 1000)}`);
  await publishAlice(master, other);
  await master.command(other, 'closeSession', {});
}

const video = videoParameters(9000);
const [codec] = video.codecs as JsonObject[];

const garbage: [string, JsonObject][] = [
  ['nothing', {}],
  ['codecs of a wrong type', { ...video, codecs: 'VP8' }],
  ['no codecs', { ...video, codecs: [] }],
  ['a codec that isn’t supported', { ...video, codecs: [{ ...codec, mimeType: 'video/H999' }] }],
  [
    'RTX without its codec',
    { ...video, codecs: [{ ...codec, mimeType: 'video/rtx', parameters: { apt: 5 } }] },
  ],
  ['no encodings', { ...video, encodings: [] }],
  ['an encoding that nothing leads to', { ...video, mid: '', encodings: [{}] }],
  // Breaks mediasoup's message builder in the middle of a message.
  ['half a bit per second', { ...video, encodings: [{ ssrc: 9000, maxBitrate: 0.5 }] }],
  ['a negative SSRC', { ...video, encodings: [{ ssrc: -1 }] }],
  ['a text as SSRC', { ...video, encodings: [{ ssrc: 'x' }] }],
  ['an object as parameter', { ...video, codecs: [{ ...codec, parameters: { a: { b: 1 } } }] }],
  ['an unknown header extension', { ...video, headerExtensions: [{ uri: 'urn:x', id: 1 }] }],
  ['a payload type out of range', { ...video, codecs: [{ ...codec, payloadType: 4096 }] }],
  ['an SSRC twice', { ...video, encodings: [{ ssrc: 7 }, { ssrc: 7 }] }],
];

describe('garbage', () => {
  it.each(garbage)('as RTP parameters (%s) is refused and harms nobody', async (_what, rtpParameters) => {
    const streamId = 'str_CAM_BBBB_con_Bob0000000' as typeof aliceStream;
    const produce = { connectionId: bob, streamId, kind: 'video', paused: false } as const;
    await expect(master.refusal(leg, 'produce', { ...produce, rtpParameters })).resolves.toBe(
      'PARAMETERS_REFUSED',
    );
    await expectHealthy();
    // Nothing half-made is in the way of the right parameters.
    await master.command(leg, 'produce', { ...produce, rtpParameters: videoParameters(9000) });
    await master.command(leg, 'closeStream', { streamId });
  });

  it.each<[string, JsonObject]>([
    ['nothing', {}],
    ['no fingerprint', { fingerprints: [] }],
    ['a fingerprint of nothing', { fingerprints: [{}] }],
    ['an unknown algorithm', { fingerprints: [{ algorithm: 'md5', value: 'AB:CD' }] }],
    ['an unknown role', { ...dtlsParameters, role: 'both' }],
  ])('as DTLS parameters (%s) is refused and harms nobody', async (_what, given) => {
    const transport = { connectionId: bob, direction: 'send' } as const;
    await master.command(leg, 'openTransport', { ...transport, renew: true });
    await expect(
      master.refusal(leg, 'connectTransport', { ...transport, dtlsParameters: given }),
    ).resolves.toBe('PARAMETERS_REFUSED');
    await expectHealthy();
    await master.command(leg, 'connectTransport', { ...transport, dtlsParameters });
  });

  it('as RTP capabilities is refused and harms nobody', async () => {
    const wanted = { connectionId: bob, streamId: aliceStream, rtpCapabilities: { codecs: [{ kind: 1 }] } };
    await expect(master.refusal(leg, 'consume', wanted)).resolves.toBe('PARAMETERS_REFUSED');
    await expectHealthy();
  });

  it('says where the parameters are wrong', async () => {
    const rtpParameters = { ...audioParameters(1), encodings: [{ ssrc: 'x' }] };
    const streamId = 'str_MIC_BBBB_con_Alice00000' as typeof aliceStream;
    const answer = await master.answer(leg, 'produce', {
      connectionId: alice,
      streamId,
      kind: 'audio',
      rtpParameters,
      paused: false,
    });
    expect(answer).toMatchObject({ ok: false, error: { field: 'rtpParameters.encodings.0.ssrc' } });
  });
});
