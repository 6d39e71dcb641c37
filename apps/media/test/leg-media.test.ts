import { audioParameters, freePort, videoParameters } from '@evercall/testing';
import type { types } from 'mediasoup';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LegMedia } from '../src/legs/leg-media.js';
import { RtpParametersSchema } from '../src/mediasoup/rtp-schemas.js';
import { MediaWorker } from '../src/workers/media-worker.js';
import { alice, aliceStream, bob, legOf } from './support/alice.js';

let worker: MediaWorker;
let media: LegMedia;
let failed: [string, string][];

beforeEach(async () => {
  worker = await MediaWorker.start({
    index: 0,
    port: await freePort(),
    listenAddress: '127.0.0.1',
    announcedAddress: undefined,
    log: pino({ level: 'silent' }),
    onDied: () => {},
  });
  const router = await worker.createRouter();
  failed = [];
  media = new LegMedia({
    leg: legOf('Cascade'),
    worker,
    router,
    openedAt: 0,
    onTransportFailed: (...transport) => failed.push(transport),
  });
});

afterEach(() => worker.close());

interface Objects {
  send: types.WebRtcTransport;
  recv: types.WebRtcTransport;
  producers: types.Producer[];
  consumers: types.Consumer[];
}

/** Alice publishes both kinds, Bob receives them. */
async function fill(): Promise<Objects> {
  const send = await worker.createTransport(media.router, {});
  const recv = await worker.createTransport(media.router, {});
  media.setTransport({ connectionId: alice, direction: 'send' }, send, 0);
  media.setTransport({ connectionId: bob, direction: 'recv' }, recv, 0);
  const producers = [
    await send.produce({ kind: 'audio', rtpParameters: RtpParametersSchema.parse(audioParameters(10)) }),
    await send.produce({ kind: 'video', rtpParameters: RtpParametersSchema.parse(videoParameters(20)) }),
  ];
  const consumers: types.Consumer[] = [];
  for (const producer of producers) {
    media.addProducer({ connectionId: alice, streamId: aliceStream }, producer, 0);
    const { rtpCapabilities } = media.router;
    const consumer = await recv.consume({ producerId: producer.id, rtpCapabilities, paused: true });
    media.connection(bob)?.addConsumer(aliceStream, consumer);
    consumers.push(consumer);
  }
  return { send, recv, producers, consumers };
}

const closed = (objects: { closed: boolean }[]): boolean[] => objects.map((each) => each.closed);

describe('LegMedia', () => {
  it('ends the producers and all consumers of a stream, and nothing else', async () => {
    const { send, recv, producers, consumers } = await fill();
    media.closeStream(aliceStream);
    expect(closed([...producers, ...consumers])).toEqual([true, true, true, true]);
    expect(closed([send, recv])).toEqual([false, false]);
    expect(media.counts()).toEqual({ transports: 2, producers: 0, consumers: 0 });
  });

  it('ends everything of a publisher with its connection', async () => {
    const { send, recv, producers, consumers } = await fill();
    media.closeConnection(alice);
    expect(closed([send, ...producers, ...consumers])).toEqual([true, true, true, true, true]);
    expect(recv.closed).toBe(false);
    expect(media.connection(alice)).toBeUndefined();
    expect(media.counts()).toEqual({ transports: 1, producers: 0, consumers: 0 });
  });

  it('ends only the consumers of a receiver with its connection', async () => {
    const { recv, producers, consumers } = await fill();
    media.closeConnection(bob);
    expect(closed([recv, ...consumers])).toEqual([true, true, true]);
    expect(closed(producers)).toEqual([false, false]);
    expect(media.counts()).toEqual({ transports: 1, producers: 2, consumers: 0 });
  });

  it('ends what hung on a transport when another takes its place', async () => {
    const { send, producers, consumers } = await fill();
    const renewed = await worker.createTransport(media.router, {});
    media.setTransport({ connectionId: alice, direction: 'send' }, renewed, 0);
    expect(closed([send, ...producers, ...consumers])).toEqual([true, true, true, true, true]);
    expect(media.stream(aliceStream)).toBeUndefined();
    expect(renewed.closed).toBe(false);
  });

  it('ends everything with the leg', async () => {
    const { send, recv, producers, consumers } = await fill();
    media.close();
    media.close();
    expect(closed([media, send, recv, ...producers, ...consumers])).not.toContain(false);
    expect(media.counts()).toEqual({ transports: 0, producers: 0, consumers: 0 });
  });

  it('tells once that a transport failed, and nothing of one that it closed itself', async () => {
    const { send, recv } = await fill();
    send.safeEmit('dtlsstatechange', 'failed');
    send.safeEmit('icestatechange', 'disconnected');
    media.closeConnection(bob);
    expect(recv.dtlsState).toBe('closed');
    expect(failed).toEqual([[alice, 'send']]);
  });

  it('leaves nothing in the worker and no listener behind, however often it is filled', async () => {
    const empty = await media.router.dump();
    for (let round = 0; round < 20; round += 1) {
      const { send, producers, consumers } = await fill();
      expect(send.listenerCount('dtlsstatechange')).toBe(1);
      media.closeConnection(alice);
      media.closeConnection(bob);
      expect(producers.map((each) => each.listenerCount('transportclose'))).toEqual([0, 0]);
      expect(consumers.map((each) => each.listenerCount('producerclose'))).toEqual([0, 0]);
    }
    expect(await media.router.dump()).toEqual(empty);
  });
});
