import { SessionId } from '@evercall/protocol';
import { eventually } from '@evercall/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MediaService } from '../src/media/media.service.js';
import { MovesService } from '../src/moving/moves.service.js';
import { secret, TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
afterEach(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

async function start(name: string) {
  cluster = await TestCluster.start({ media: 2 });
  await cluster.createSession(name);
  const sessionId = SessionId.parse(name);
  const [ann, bob] = [await join(name, 0), await join(name, 1)];
  const old = Number(ann.joined.servedBy.mediaNodeName.split('-')[1]) - 1;
  return {
    sessionId,
    ann,
    bob,
    old: cluster.media[old]!,
    next: cluster.media[1 - old]!,
    nextName: `media-${2 - old}`,
    move: async () => cluster.master(0).app.get(MovesService).move({ sessionId }),
  };
}

async function session(sessionId: SessionId) {
  const view = await cluster.master(0).sessions.get(sessionId);
  return view!.state;
}

/** Generations of the legs that a media node process has. */
async function legsOn(node: { url: string }): Promise<number[]> {
  const authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
  const response = await fetch(`${node.url}/cluster/inventory`, { headers: { authorization } });
  const { legs } = (await response.json()) as { legs: { leg: { generation: number } }[] };
  return legs.map(({ leg }) => leg.generation);
}

describe('a planned move', () => {
  it('makes before it breaks: both places carry media until the last client has followed', async () => {
    const { sessionId, ann, bob, old, next, nextName, move } = await start('planned');
    const { streamId } = await ann.publish();
    await bob.event('streamCreated');
    await bob.subscribe(streamId);
    expect(await move()).toBe('moving');
    expect(await move()).toBe('under-way');
    const bobs = await bob.publish({ ssrc: 5000 });
    expect(await ann.event('streamCreated')).toMatchObject({ stream: { streamId: bobs.streamId } });
    const told = await ann.follow();
    expect(told).toMatchObject({ planned: true, media: { generation: 2 } });
    expect(told.servedBy.mediaNodeName).toBe(nextName);
    expect(await bob.event('streamMoved')).toMatchObject({ streamId, generation: 2 });
    await ann.ask('restartIce', { direction: 'send', generation: 1 });
    await bob.follow();
    expect((await bob.subscribe(streamId)).consumers).toHaveLength(2);
    const carl = await join('planned', 0);
    expect(carl.generation).toBe(2);
    expect(await legsOn(old)).toEqual([1]);
    expect(await legsOn(next)).toEqual([2]);
    await bob.arrive();
    expect((await session(sessionId)).placement?.leaving).toMatchObject([{ generation: 1 }]);
    await ann.arrive();
    expect((await session(sessionId)).placement?.leaving).toEqual([]);
    await eventually(async () => expect(await legsOn(old)).toEqual([]));
    expect(bob.seen('streamDestroyed')).toEqual([]);
    expect(bob.seen('streamCreated')).toHaveLength(1);
    for (const client of [ann, bob, carl]) client.close();
  });

  it('mutes a track at both places', async () => {
    const { sessionId, ann, bob, move } = await start('muted');
    const { streamId } = await ann.publish();
    await move();
    await ann.follow();
    await bob.follow();
    await ann.ask('setTrackActive', { streamId, kind: 'audio', active: false, reason: 'publishAudio' });
    const media = cluster.master(0).app.get(MediaService);
    const state = await session(sessionId);
    const { connectionId } = bob;
    const rtpCapabilities = bob.rtpCapabilities;
    for (const generation of [1, 2]) {
      const [answer] = await media.command(
        state,
        [{ name: 'consume', params: { connectionId, streamId, rtpCapabilities } }],
        generation,
      );
      expect(answer).toMatchObject({
        result: {
          consumers: expect.arrayContaining([
            expect.objectContaining({ kind: 'audio', producerPaused: true }),
          ]),
        },
      });
    }
    for (const client of [ann, bob]) client.close();
  });

  it('ends when its time is up, and who was away gets new transports', async () => {
    const { sessionId, ann, bob, old, move } = await start('laggards');
    ann.drop();
    await ann.closed.next();
    await move();
    await bob.moved.next();
    const { media } = await ann.resume(cluster.master(1).url);
    expect(media?.generation).toBe(2);
    await eventually(async () => expect((await session(sessionId)).placement?.leaving).toEqual([]), {
      timeoutMs: 15_000,
    });
    await eventually(async () => expect(await legsOn(old)).toEqual([]));
    for (const client of [ann, bob]) client.close();
  });

  it('becomes a crash when the new media node dies on the way', async () => {
    const { sessionId, ann, bob, next, move } = await start('crashing');
    await move();
    for (const client of [ann, bob]) await client.moved.next();
    next.kill('SIGKILL');
    for (const client of [ann, bob]) {
      expect(await client.moved.next()).toMatchObject({ planned: false, media: { generation: 3 } });
    }
    expect((await session(sessionId)).placement?.leaving).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('is finished when the old media node dies on the way', async () => {
    const { sessionId, ann, bob, old, move } = await start('finishing');
    await move();
    for (const client of [ann, bob]) await client.follow();
    old.kill('SIGKILL');
    for (const client of [ann, bob]) await client.arrive();
    expect((await session(sessionId)).placement).toMatchObject({ legs: [{ generation: 2 }], leaving: [] });
    expect(ann.moved.all()).toHaveLength(1);
    for (const client of [ann, bob]) client.close();
  });
});
