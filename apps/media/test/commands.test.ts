import type { Leg } from '@evercall/media-protocol';
import type { JsonObject } from '@evercall/protocol';
import { audioParameters, dtlsParameters, videoParameters } from '@evercall/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alice, aliceStream, bob, legOf, publishAlice } from './support/alice.js';
import { TestMaster } from './support/test-master.js';
import { startTestNode, type TestNode } from './support/test-node.js';

let node: TestNode;
let master: TestMaster;
let leg: Leg;
let sessions = 0;

beforeAll(async () => {
  node = await startTestNode();
  master = await TestMaster.open(node);
});

afterAll(async () => {
  await master[Symbol.asyncDispose]();
  await node.stop();
});

beforeEach(() => {
  sessions += 1;
  leg = legOf(`Session${sessions}`);
});

const send = { connectionId: alice, direction: 'send' } as const;
const recv = { connectionId: bob, direction: 'recv' } as const;
const audio = { connectionId: alice, streamId: aliceStream, kind: 'audio', paused: false } as const;
const bobsOfAlice = { connectionId: bob, streamId: aliceStream };

describe('openSession', () => {
  it('answers again with the leg that is open', async () => {
    const first = await master.command(leg, 'openSession', {});
    expect(first.capabilitiesHash).toMatch(/^[0-9a-f]{64}$/);
    await expect(master.command(leg, 'openSession', {})).resolves.toEqual(first);
  });

  it('gives the codecs that browsers need, with retransmission for video', async () => {
    const { rtpCapabilities } = await master.command(leg, 'openSession', {});
    const codecs = (rtpCapabilities.codecs as { mimeType: string }[]).map(({ mimeType }) => mimeType);
    expect(codecs).toEqual(['audio/opus', 'video/VP8', 'video/rtx', 'video/H264', 'video/rtx']);
  });

  it('makes one router when two masters ask at once', async () => {
    await using other = await TestMaster.open(node);
    const before = (await master.inventory()).legs.length;
    await Promise.all([master, other].map((each) => each.command(leg, 'openSession', {})));
    const transports = await Promise.all(
      [master, other].map((each) => each.command(leg, 'openTransport', { ...send, renew: false })),
    );
    expect(transports[0]?.id).toBe(transports[1]?.id);
    expect((await master.inventory()).legs).toHaveLength(before + 1);
  });

  it('refuses a worker that isn’t there', async () => {
    await expect(master.refusal(leg, 'openSession', { worker: 99 })).resolves.toBe('WORKER_UNAVAILABLE');
    await expect(master.command(leg, 'openSession', { worker: 0 })).resolves.toMatchObject({ worker: 0 });
  });
});

describe('a leg that isn’t open', () => {
  it('is refused, and a closed one can’t come back', async () => {
    await expect(master.refusal(leg, 'openTransport', { ...send, renew: false })).resolves.toBe(
      'LEG_UNKNOWN',
    );
    await master.command(leg, 'openSession', {});
    await master.command(leg, 'closeSession', {});
    await master.command(leg, 'closeSession', {});
    await expect(master.refusal(leg, 'openSession', {})).resolves.toBe('LEG_CLOSED');
    await expect(master.refusal(leg, 'closeStream', { streamId: aliceStream })).resolves.toBe('LEG_CLOSED');
    await master.command({ ...leg, generation: 2 }, 'openSession', {});
  });

  it('is outdated when a newer one is open, but an older open one is left alone', async () => {
    const newer = { ...leg, generation: 3 };
    await master.command(leg, 'openSession', {});
    await master.command(newer, 'openSession', {});
    await master.command(leg, 'openTransport', { ...send, renew: false });
    await expect(master.refusal({ ...leg, generation: 2 }, 'openSession', {})).resolves.toBe('LEG_OUTDATED');
  });
});

describe('transports', () => {
  beforeEach(() => master.command(leg, 'openSession', {}));

  it('are opened once, and anew when asked to', async () => {
    const first = await master.command(leg, 'openTransport', { ...send, renew: false });
    expect(first.iceCandidates.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp']);
    await expect(master.command(leg, 'openTransport', { ...send, renew: false })).resolves.toEqual(first);
    const renewed = await master.command(leg, 'openTransport', { ...send, renew: true });
    expect(renewed.id).not.toBe(first.id);
    const other = await master.command(leg, 'openTransport', { ...send, direction: 'recv', renew: false });
    expect(other.id).not.toBe(renewed.id);
  });

  it('are connected once, and answer ok when asked again', async () => {
    await expect(master.refusal(leg, 'connectTransport', { ...send, dtlsParameters })).resolves.toBe(
      'TRANSPORT_UNKNOWN',
    );
    await master.command(leg, 'openTransport', { ...send, renew: false });
    await master.command(leg, 'connectTransport', { ...send, dtlsParameters });
    await expect(master.command(leg, 'connectTransport', { ...send, dtlsParameters })).resolves.toEqual({});
  });

  it('get new ICE parameters', async () => {
    const { iceParameters } = await master.command(leg, 'openTransport', { ...send, renew: false });
    const restarted = await master.command(leg, 'restartIce', send);
    expect(restarted.iceParameters.usernameFragment).not.toBe(iceParameters.usernameFragment);
    const again = await master.command(leg, 'openTransport', { ...send, renew: false });
    expect(again.iceParameters).toEqual(restarted.iceParameters);
  });
});

describe('streams', () => {
  let rtpCapabilities: JsonObject;

  beforeEach(async () => {
    rtpCapabilities = await publishAlice(master, leg);
  });

  it('have one producer of each kind, however often they are asked for', async () => {
    const again = { ...audio, rtpParameters: audioParameters(1000) };
    const first = await master.command(leg, 'produce', again);
    await expect(master.command(leg, 'produce', again)).resolves.toEqual(first);
  });

  it('are received paused, and the same consumers are answered again', async () => {
    const first = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    expect(first.consumers.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
    await master.command(leg, 'setConsumersPaused', { ...bobsOfAlice, audio: false, video: false });
    await expect(master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities })).resolves.toEqual(first);
  });

  it('are received as far as the browser can', async () => {
    const codecs = (rtpCapabilities.codecs as JsonObject[]).filter(({ kind }) => kind === 'audio');
    const { consumers } = await master.command(leg, 'consume', {
      ...bobsOfAlice,
      rtpCapabilities: { ...rtpCapabilities, codecs },
    });
    expect(consumers.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('say whether the publisher has muted a track', async () => {
    await master.command(leg, 'setProducerPaused', { streamId: aliceStream, kind: 'audio', paused: true });
    const { consumers } = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    expect(Object.fromEntries(consumers.map((each) => [each.kind, each.producerPaused]))).toEqual({
      audio: true,
      video: false,
    });
  });

  it('take their consumers with them, and can be published again', async () => {
    const { consumers } = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    await master.command(leg, 'closeStream', { streamId: aliceStream });
    await master.command(leg, 'closeStream', { streamId: aliceStream });
    await expect(master.refusal(leg, 'consume', { ...bobsOfAlice, rtpCapabilities })).resolves.toBe(
      'STREAM_UNKNOWN',
    );
    const paused = { ...bobsOfAlice, audio: true, video: true };
    await expect(master.refusal(leg, 'setConsumersPaused', paused)).resolves.toBe('CONSUMER_UNKNOWN');
    await master.command(leg, 'produce', { ...audio, rtpParameters: audioParameters(1000) });
    const again = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    expect(again.consumers).toHaveLength(1);
    expect(consumers.map(({ id }) => id)).not.toContain(again.consumers[0]?.id);
  });

  it('get a new producer when the publisher’s transport is renewed', async () => {
    const again = { ...audio, rtpParameters: audioParameters(1000) };
    const first = await master.command(leg, 'produce', again);
    await master.command(leg, 'openTransport', { ...send, renew: true });
    const second = await master.command(leg, 'produce', again);
    expect(second.producerId).not.toBe(first.producerId);
  });

  it('get new consumers when the receiver’s transport is renewed', async () => {
    const first = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    await master.command(leg, 'openTransport', { ...recv, renew: true });
    const second = await master.command(leg, 'consume', { ...bobsOfAlice, rtpCapabilities });
    expect(second.consumers[0]?.id).not.toBe(first.consumers[0]?.id);
  });

  it('end with their connection', async () => {
    await master.command(leg, 'closeConnection', { connectionId: alice });
    await master.command(leg, 'closeConnection', { connectionId: alice });
    const { legs } = await master.inventory();
    const own = legs.find((each) => each.leg.sessionId === leg.sessionId);
    expect(own?.connections.map(({ connectionId }) => connectionId)).toEqual([bob]);
    expect(own?.streams).toEqual([]);
  });

  it('can’t be published under the id of somebody else', async () => {
    const forged = { ...audio, connectionId: bob, rtpParameters: audioParameters(5) };
    await expect(master.refusal(leg, 'produce', forged)).resolves.toBe('BAD_COMMAND');
  });

  it('appear in the inventory as they are', async () => {
    const { mediaNodeId, legs } = await master.inventory();
    expect(mediaNodeId).toBe(node.identity.id);
    expect(legs.find((each) => each.leg.sessionId === leg.sessionId)).toMatchObject({
      leg,
      worker: 0,
      connections: [
        { connectionId: alice, transports: ['send'] },
        { connectionId: bob, transports: ['recv'] },
      ],
      streams: [{ streamId: aliceStream, connectionId: alice, kinds: ['audio', 'video'] }],
    });
  });
});

describe('a batch', () => {
  it('goes on after a command that is refused', async () => {
    const answers = await master.batch(leg, [
      { name: 'openSession', params: {} },
      { name: 'connectTransport', params: { ...send, dtlsParameters } },
      { name: 'openTransport', params: { ...send, renew: false } },
      { name: 'connectTransport', params: { ...send, dtlsParameters } },
      {
        name: 'produce',
        params: { ...audio, kind: 'video', rtpParameters: videoParameters(3000) },
      },
    ]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, true, true]);
  });

  it('names the field that is wrong and does nothing', async () => {
    const wrongLeg = await master.raw({ id: 'mut_12345678', leg: { ...leg, life: 0 }, commands: [] });
    expect(wrongLeg).toMatchObject({ error: { code: 'BAD_COMMAND', field: 'leg.life' } });
    const [answer] = await master.batch(leg, [
      { name: 'openTransport', params: { connectionId: alice, direction: 'up', renew: false } as never },
    ]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_COMMAND', field: 'direction' } });
    await expect(master.raw('nonsense')).resolves.toMatchObject({ error: { code: 'BAD_COMMAND' } });
  });
});
