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
    expect(cluster.lastParams('startConsumers')).toEqual({ streamIds: [hers, his], generation: 2 });
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

  it('connects to receive before anybody has arrived there', async () => {
    const { cluster, engine } = await call();
    sayMoved(cluster, {});
    await settle();
    const connected = cluster.latest.asked.filter(({ method }) => method === 'connectTransport');
    const directions = connected.map(({ params }) => (params as Params<'connectTransport'>).direction);
    expect(directions.toSorted()).toEqual(['recv', 'send']);
    expect(cluster.latest.methods).not.toContain('startConsumers');
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

  it('whose successor is slow for a while is not given up', async () => {
    const { cluster, engine, told, allNew } = await call();
    const slow = () => ({ code: 'MEDIA_UNAVAILABLE', message: 'no answer in time' });
    const [publish, subscribe] = [cluster.answers.get('publish'), cluster.answers.get('subscribe')];
    cluster.on('publish', slow).on('subscribe', slow);
    sayMoved(cluster, {});
    sayStreamMoved(cluster, hers);
    await vi.advanceTimersByTimeAsync(20_000);
    expect([allNew(hers), told.states]).toEqual([false, ['reconnecting', 'connected']]);
    if (publish) cluster.answers.set('publish', publish);
    if (subscribe) cluster.on('subscribe', ({ streamId: id }) => ({ consumers: consumersOf(id) }));
    cluster.latest.asked.length = 0;
    await vi.advanceTimersByTimeAsync(5000);
    expect([allNew(hers), generationsOf(cluster, 'publish')]).toEqual([true, [2]]);
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

describe('a planned move', () => {
  /** The old transports, as the SDK had them before. */
  async function planned() {
    const all = await call();
    const old = all.engine.media;
    const consumers = consumersOf(hers, his);
    for (const { id } of consumers) all.media.silent.add(id);
    sayMoved(all.cluster, { planned: true, consumers });
    await settle();
    return { ...all, old, consumers };
  }

  it('sends on both and swaps each track when something of the new one was decoded; nobody hears of it', async () => {
    const { cluster, engine, told, media, old, consumers, stillOld, allNew } = await planned();
    expect(cluster.lastParams('publish')).toMatchObject({ streamId: mine, generation: 2 });
    expect([old?.closed, old?.connected, stillOld(hers), stillOld(his)]).toEqual([false, true, true, true]);
    for (const { id, streamId: of } of consumers) if (of === hers) media.silent.delete(id);
    await settle();
    expect([allNew(hers), stillOld(his), old?.closed]).toEqual([true, true, false]);
    expect(cluster.latest.methods).not.toContain('moveDone');
    media.silent.clear();
    await settle();
    expect(allNew(his)).toBe(true);
    expect(cluster.lastParams('moveDone').generation).toBe(2);
    expect([old?.closed, told.states]).toEqual([false, []]);
    // Others still receive over the old ones, until the media node ends them.
    for (const handler of media.handlers.slice(0, 2)) handler.setConnectionState('failed');
    await settle();
    expect([old?.closed, told.states]).toEqual([true, []]);
    engine.leave();
  });

  it('keeps what is asked about the old transports: they still count', async () => {
    const { cluster, engine } = await call();
    cluster.answers.delete('restartIce');
    const restarted = engine.ask('restartIce', { direction: 'send', generation: 1 }, { media: true });
    sayMoved(cluster, { planned: true, consumers: consumersOf(hers, his) });
    await settle();
    cluster.latest.answer('restartIce', { iceParameters: {} });
    await expect(restarted).resolves.toEqual({ iceParameters: {} });
    engine.leave();
  });

  it('publishes at the new place what was being published at the old one', async () => {
    const { cluster, engine } = await call();
    const second = streamId(me, 'SCR');
    cluster.answers.delete('publish');
    const publishing = engine.publish(second, fakeSource().source);
    await settle();
    sayMoved(cluster, { planned: true, consumers: consumersOf(hers, his) });
    await settle();
    cluster.on('publish', ({ streamId: id }) => ({ stream: { ...stream(me), streamId: id } }));
    for (let waiting = 2; waiting > 0; waiting -= 1) cluster.latest.answer('publish', { stream: stream(me) });
    await settle();
    await publishing;
    const asked = cluster.latest.asked.filter(({ method }) => method === 'publish');
    const places = asked.map(({ params }) => params as Params<'publish'>);
    expect(places.filter(({ streamId: id }) => id === second)).toMatchObject([
      { generation: 1 },
      { generation: 2 },
    ]);
    engine.leave();
  });

  it('mutes, changes cameras and ends streams at both places', async () => {
    const { engine, audio, old, cluster } = await planned();
    const now = engine.media;
    const sent = async (side: typeof old) => side?.sending?.stats(mine, 'video');
    audio.active = false;
    await engine.local.setActive({ streamId: mine, kind: 'audio', active: false, reason: 'publishAudio' });
    expect(audio.track.enabled).toBe(false);
    expect(await sent(old)).toBeDefined();
    expect(await sent(now)).toBeDefined();
    await engine.unpublish(mine);
    await settle();
    expect([await sent(old), await sent(now)]).toEqual([undefined, undefined]);
    await engine.remote.unsubscribe(hers);
    expect(await old?.receiving?.stats(hers)).toEqual([]);
    expect(cluster.latest.methods).toContain('unsubscribe');
    engine.leave();
  });

  it('that is overtaken by a crash is told, and goes on where media is now', async () => {
    const { cluster, engine, told, media, old, stillOld, allNew } = await planned();
    media.silent.clear();
    sayMoved(cluster, { generation: 3, consumers: consumersOf(hers, his) });
    expect([told.states, stillOld(hers)]).toEqual([['reconnecting'], true]);
    await settle();
    expect([allNew(hers), allNew(his), old?.closed]).toEqual([true, true, true]);
    expect(generationsOf(cluster, 'moveDone')).toEqual([3]);
    expect(told.states).toEqual(['reconnecting', 'connected']);
    engine.leave();
  });

  it('whose new transports cannot be connected becomes an interruption that is told', async () => {
    const { cluster, engine, told, media, stillOld } = await call();
    media.reaches = false;
    const consumers = consumersOf(hers, his);
    for (const { id } of consumers) media.silent.add(id);
    sayMoved(cluster, { planned: true, consumers });
    await vi.advanceTimersByTimeAsync(4000);
    expect([told.states, stillOld(hers)]).toEqual([[], true]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(told.states).toEqual(['reconnecting']);
    engine.leave();
  });

  it('while media is interrupted anyway is part of that interruption', async () => {
    const { cluster, engine, told, allNew } = await call();
    cluster.answers.delete('publish');
    sayMoved(cluster, { consumers: consumersOf(hers, his) });
    await settle();
    cluster.on('publish', () => ({ stream: stream(me) }));
    sayMoved(cluster, { generation: 3, planned: true, consumers: consumersOf(hers, his) });
    cluster.latest.answer('publish', { stream: stream(me) });
    await settle();
    expect([allNew(hers), told.states]).toEqual([true, ['reconnecting', 'connected']]);
    engine.leave();
  });

  it('goes on under a master that leaves', async () => {
    const { cluster, engine, told, media, allNew } = await planned();
    cluster.latest.say({ name: 'goAway', payload: { delayMs: 0 } });
    await settle();
    media.silent.clear();
    await settle();
    expect(cluster.lastParams('resume')).toMatchObject({ generation: 2 });
    expect([allNew(hers), allNew(his), told.states]).toEqual([true, true, []]);
    expect(cluster.lastParams('moveDone').generation).toBe(2);
    engine.leave();
  });
});

describe('a stream that is published anew on the same media node', () => {
  it('is received by new consumers, and the old ones end when something of the new came', async () => {
    const { cluster, engine, told, shown, before, allNew } = await call();
    cluster.on('subscribe', ({ streamId: id }) => ({ consumers: consumersOf(id) }));
    sayStreamMoved(cluster, hers, 1);
    await settle();
    expect([allNew(hers), told.states]).toEqual([true, []]);
    expect(before.get(hers)?.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    expect(shown.get(hers)?.map(({ readyState }) => readyState)).toEqual(['live', 'live']);
    engine.leave();
  });
});
