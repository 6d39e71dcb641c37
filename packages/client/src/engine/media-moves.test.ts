import type { Params, StreamId } from '@evercall/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeCluster } from '../testing/fake-cluster.js';
import { fakeConsumer } from '../testing/fake-device.js';
import { agreeableCluster, fakeEngine, fakeSource, usableMedia } from '../testing/fake-engine.js';
import {
  ann,
  at,
  bob,
  me,
  remote,
  resumed,
  servedBy,
  snapshot,
  stream,
  streamId,
} from '../testing/fixtures.js';

const mine = streamId(me);
const hers = streamId(ann);
const his = streamId(bob);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  const left = vi.getTimerCount();
  vi.useRealTimers();
  if (left > 0) throw new Error(`${left} timer(s) outlived the connection`);
});

function consumersOf(...streamIds: StreamId[]) {
  return streamIds.flatMap((id) => [fakeConsumer(id, 'audio'), fakeConsumer(id, 'video')]);
}

/** A call with Ann and Bob: everybody publishes, everything is received over generation 1. */
async function call() {
  const consumers = consumersOf(hers, his);
  const cluster = agreeableCluster({
    snapshot: snapshot({ others: [remote(ann, [stream(ann)]), remote(bob, [stream(bob)])] }),
    media: usableMedia({ consumers }),
  });
  const all = await fakeEngine(cluster);
  await all.engine.connect('token', '');
  const { audio, video, source } = fakeSource();
  await all.engine.publish(mine, source);
  const shown = new Map<StreamId, MediaStreamTrack[]>();
  for (const id of [hers, his]) {
    const onTracks = (tracks: MediaStreamTrack[]) => void shown.set(id, tracks);
    await all.engine.remote.subscribe(id, { audio: true, video: true, onTracks });
  }
  // Long enough for the socket to count as one that works.
  await vi.advanceTimersByTimeAsync(1000);
  all.told.states.length = 0;
  cluster.latest.asked.length = 0;
  const before = new Map(shown);
  const stillOld = (id: StreamId) => shown.get(id)?.every((track) => before.get(id)?.includes(track));
  const allNew = (id: StreamId) =>
    shown.get(id)?.length === 2 && shown.get(id)?.every((track) => !before.get(id)?.includes(track));
  return { ...all, audio, video, shown, before, stillOld, allNew };
}

/** Lets everything happen that needs no more than a look. */
const settle = () => vi.advanceTimersByTimeAsync(50);

function sayMoved(
  cluster: FakeCluster,
  change: { generation?: number; planned?: boolean; consumers?: ReturnType<typeof consumersOf> },
) {
  const { generation = 2, planned = false, consumers = [] } = change;
  const media = usableMedia({ generation, consumers });
  cluster.latest.say({ name: 'moved', payload: { media, servedBy: servedBy(), planned } });
  return media;
}

function sayStreamMoved(cluster: FakeCluster, id: StreamId, generation = 2, sequence = 11) {
  const connectionId = id === hers ? ann : bob;
  const event = { type: 'streamMoved', streamId: id, connectionId, generation } as const;
  cluster.latest.say({ name: 'events', payload: [{ position: at(sequence), event }] });
}

/** The generations that requests of a method spoke of, on the latest socket. */
function generationsOf(cluster: FakeCluster, method: 'publish' | 'subscribe' | 'moveDone'): unknown[] {
  const asked = cluster.latest.asked.filter((request) => request.method === method);
  return asked.map(({ params }) => (params as Params<typeof method>).generation);
}

describe('a media node that is gone', () => {
  it('is replaced: everything is published and received again under the same ids, and told once', async () => {
    const { cluster, engine, told, allNew } = await call();
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    expect(told.states).toEqual(['reconnecting']);
    await settle();
    expect(cluster.lastParams('publish')).toMatchObject({ streamId: mine, generation: 2 });
    expect([allNew(hers), allNew(his)]).toEqual([true, true]);
    expect(cluster.lastParams('startConsumers').generation).toBe(2);
    expect(cluster.lastParams('moveDone').generation).toBe(2);
    expect(told.states).toEqual(['reconnecting', 'connected']);
    engine.leave();
  });

  it('tells how long nothing was seen and heard', async () => {
    const { cluster, engine, media } = await call();
    const now = performance.now();
    const consumers = consumersOf(hers);
    for (const { id, kind } of consumers) media.times.set(id, now + (kind === 'audio' ? 300 : 420));
    cluster.on('subscribe', () => ({ consumers: [] }));
    engine.remote.drop(his);
    sayMoved(cluster, { consumers });
    await settle();
    const { audioMs = 0, videoMs = 0 } = cluster.lastParams('moveDone');
    expect(videoMs - audioMs).toBe(120);
    expect(audioMs).toBeGreaterThan(200);
    engine.leave();
  });

  it('keeps the last picture until something comes of the new track, then swaps it alone', async () => {
    const { cluster, engine, told, media, shown, before, stillOld, allNew } = await call();
    const consumers = consumersOf(hers, his);
    const [, herVideo] = consumers;
    media.silent.add(herVideo?.id ?? '');
    sayMoved(cluster, { consumers });
    await settle();
    expect([allNew(his), stillOld(hers)]).toEqual([true, false]);
    const video = (tracks: MediaStreamTrack[] | undefined) => tracks?.find(({ kind }) => kind === 'video');
    expect(video(shown.get(hers))).toBe(video(before.get(hers)));
    expect(video(before.get(hers))?.readyState).toBe('live');
    expect(told.states).toEqual(['reconnecting']);
    media.silent.clear();
    await settle();
    expect(allNew(hers)).toBe(true);
    expect(video(before.get(hers))?.readyState).toBe('ended');
    expect(told.states).toEqual(['reconnecting', 'connected']);
    engine.leave();
  });

  it('asks for streams when their publishers are there: before the transports, after them, or again later', async () => {
    const { cluster, engine, told, allNew, stillOld } = await call();
    sayStreamMoved(cluster, hers);
    await settle();
    expect(cluster.latest.methods).toEqual([]);
    cluster.on('subscribe', ({ streamId: id }) => ({ consumers: consumersOf(id) }));
    sayMoved(cluster, {});
    await settle();
    expect([allNew(hers), stillOld(his)]).toEqual([true, true]);
    expect(told.states).toEqual(['reconnecting']);
    sayStreamMoved(cluster, his, 2, 12);
    await settle();
    expect([allNew(his), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    expect(generationsOf(cluster, 'subscribe')).toEqual([2, 2]);
    engine.leave();
  });

  it('asks again when the publisher arrives while the answer says that it is not there', async () => {
    const { cluster, engine, allNew } = await call();
    engine.remote.drop(his);
    cluster.answers.delete('subscribe');
    sayMoved(cluster, {});
    await settle();
    sayStreamMoved(cluster, hers);
    await settle();
    sayStreamMoved(cluster, hers, 2, 12);
    await settle();
    cluster.latest.answer('subscribe', { consumers: [] });
    cluster.latest.answer('subscribe', { consumers: consumersOf(hers) });
    await settle();
    expect(allNew(hers)).toBe(true);
    engine.leave();
  });

  it('does not wait for ever for somebody who is away', async () => {
    const { cluster, engine, told, stillOld, allNew } = await call();
    sayMoved(cluster, { consumers: consumersOf(hers) });
    const chat = engine.ask('signal', { type: '', data: '', to: [] });
    await settle();
    await chat;
    expect(told.states).toEqual(['reconnecting']);
    await vi.advanceTimersByTimeAsync(5000);
    expect([told.states, stillOld(his)]).toEqual([['reconnecting', 'connected'], true]);
    cluster.on('subscribe', ({ streamId: id }) => ({ consumers: consumersOf(id) }));
    sayStreamMoved(cluster, his);
    await settle();
    expect([allNew(his), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('stays as mute as it was, and sends the camera that was chosen meanwhile', async () => {
    const { cluster, engine, audio, video } = await call();
    audio.active = false;
    await engine.local.setActive({ streamId: mine, kind: 'audio', active: false, reason: 'publishAudio' });
    const other = fakeSource().video.track;
    video.track = other;
    await engine.local.replaceTrack(mine, 'video', other);
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    expect(cluster.lastParams('publish').options).toMatchObject({ audioActive: false, videoActive: true });
    expect(other.enabled).toBe(true);
    engine.leave();
  });

  it('is waited for while there is no other: chat goes on, questions about media wait for the new one', async () => {
    const { cluster, engine, told, allNew } = await call();
    const second = streamId(me, 'SCR');
    cluster.latest.say({ name: 'mediaLost', payload: { generation: 1 } });
    expect(told.states).toEqual(['reconnecting']);
    await engine.ask('signal', { type: '', data: '', to: [] });
    const publishing = engine.publish(second, fakeSource().source);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cluster.latest.methods).toEqual(['signal']);
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    await expect(publishing).resolves.toMatchObject({ streamId: second });
    expect(generationsOf(cluster, 'publish')).toEqual([2, 2]);
    expect([allNew(hers), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('is still gone after the socket was lost, too, and a resume did not bring another one', async () => {
    const { cluster, engine, told } = await call();
    cluster.latest.say({ name: 'mediaLost', payload: { generation: 1 } });
    cluster.latest.drop();
    await settle();
    expect([cluster.latest.methods, told.states]).toEqual([['resume'], ['reconnecting']]);
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    expect(told.states).toEqual(['reconnecting', 'connected']);
    engine.leave();
  });

  it('that dies during a move is replaced by the next one, and told once', async () => {
    const { cluster, engine, told, allNew } = await call();
    cluster.answers.delete('publish');
    sayMoved(cluster, { consumers: consumersOf(hers) });
    await settle();
    cluster.on('publish', () => ({ stream: stream(me) }));
    sayMoved(cluster, { generation: 3, consumers: consumersOf(hers, his) });
    await settle();
    expect(generationsOf(cluster, 'publish')).toEqual([2, 3]);
    expect([allNew(hers), allNew(his)]).toEqual([true, true]);
    expect(generationsOf(cluster, 'moveDone')).toEqual([3]);
    expect(told.states).toEqual(['reconnecting', 'connected']);
    engine.leave();
  });

  it('of an earlier generation is news of yesterday', async () => {
    const { cluster, engine, told } = await call();
    sayMoved(cluster, { generation: 3, consumers: consumersOf(hers, his) });
    await settle();
    sayMoved(cluster, { generation: 2 });
    cluster.latest.say({ name: 'mediaLost', payload: { generation: 2 } });
    await settle();
    expect([engine.media?.generation, told.states]).toEqual([3, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('and a socket that is lost in the middle of it make one interruption', async () => {
    const { cluster, engine, told, allNew } = await call();
    cluster.answers.delete('publish');
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    cluster.latest.drop();
    await settle();
    expect(cluster.latest.methods.slice(0, 2)).toEqual(['resume', 'publish']);
    expect(told.states).toEqual(['reconnecting']);
    cluster.latest.answer('publish', { stream: stream(me) });
    await settle();
    expect([allNew(hers), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('makes room for a resume that brings still newer transports', async () => {
    const { cluster, engine, told, allNew } = await call();
    cluster.answers.delete('publish');
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    cluster.on('publish', () => ({ stream: stream(me) }));
    const media = usableMedia({ generation: 3, consumers: consumersOf(hers, his) });
    cluster.on('resume', () => resumed({ media }));
    cluster.latest.drop();
    await settle();
    expect(cluster.lastParams('publish').generation).toBe(3);
    expect([allNew(hers), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('does not bring back what is unpublished or unsubscribed while it moves', async () => {
    const { cluster, engine, told } = await call();
    cluster.answers.delete('publish');
    cluster.on('unpublish', () => ({}));
    sayMoved(cluster, { consumers: consumersOf(hers) });
    await settle();
    const ended = Promise.all([engine.unpublish(mine), engine.remote.unsubscribe(his)]);
    cluster.latest.answer('publish', { stream: stream(me) });
    await settle();
    await ended;
    expect(cluster.latest.methods.at(-1)).toBe('moveDone');
    expect(cluster.latest.methods.indexOf('unpublish')).toBeGreaterThan(
      cluster.latest.methods.indexOf('publish'),
    );
    sayMoved(cluster, { generation: 3, consumers: consumersOf(hers) });
    await settle();
    expect(generationsOf(cluster, 'publish')).toEqual([2]);
    expect(told.states).toEqual(['reconnecting', 'connected', 'reconnecting', 'connected']);
    engine.leave();
  });
});
