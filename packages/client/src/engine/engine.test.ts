import { describe, expect, it, vi } from 'vitest';
import { fakeConsumer } from '../testing/fake-device.js';
import { agreeableCluster, fakeEngine, fakeSource, usableMedia } from '../testing/fake-engine.js';
import { ann, at, bob, me, remote, resumed, snapshot, stream, streamId } from '../testing/fixtures.js';

const mine = streamId(me);
const hers = streamId(ann);

async function joined(cluster = agreeableCluster()) {
  const all = await fakeEngine(cluster);
  await all.engine.connect('token', '');
  return all;
}

/** A session in which Ann publishes; her consumers came with the answer if `prepared`. */
function withAnn(prepared: boolean) {
  const consumers = [fakeConsumer(hers, 'audio'), fakeConsumer(hers, 'video')];
  const cluster = agreeableCluster({
    snapshot: snapshot({ others: [remote(ann, [stream(ann)])] }),
    media: usableMedia({ consumers: prepared ? consumers : [] }),
  });
  return { cluster, consumers };
}

describe('joining', () => {
  it('offers what the browser can do, so that one question is enough', async () => {
    const { cluster } = await joined();
    expect(cluster.lastParams('connect')).toMatchObject({ capabilitiesHash: 'hash-1', token: 'token' });
    expect(cluster.lastParams('connect').rtpCapabilities).toHaveProperty('codecs');
    expect(cluster.latest.methods).toEqual(['connect']);
  });
});

describe('publishing', () => {
  it('sends both tracks in one request, without waiting for the transport to be connected', async () => {
    const { cluster, engine } = await joined();
    cluster.answers.delete('connectTransport');
    const info = await engine.publish(mine, fakeSource().source);
    expect(cluster.latest.methods).toEqual(['connect', 'connectTransport', 'publish']);
    const { tracks, generation, streamId: asked } = cluster.lastParams('publish');
    expect(tracks.map((track) => track.kind)).toEqual(['audio', 'video']);
    expect([generation, asked, info.streamId]).toEqual([1, mine, mine]);
    engine.leave();
  });

  it('can be tried again after it was refused', async () => {
    const { cluster, engine } = await joined();
    const { source } = fakeSource();
    const agree = cluster.answers.get('publish');
    cluster.on('publish', () => ({ code: 'MEDIA_REFUSED', message: 'bad parameters' }));
    await expect(engine.publish(mine, source)).rejects.toMatchObject({ code: 'MEDIA_REFUSED' });
    if (agree) cluster.answers.set('publish', agree);
    await expect(engine.publish(mine, source)).resolves.toMatchObject({ streamId: mine });
    engine.leave();
  });

  it('tells of a mute that came while it was under way', async () => {
    const { cluster, engine } = await joined();
    const { source, audio } = fakeSource();
    cluster.on('publish', ({ options }) => {
      audio.active = false;
      return { stream: { ...stream(me), ...options } };
    });
    await engine.publish(mine, source);
    expect(cluster.lastParams('setTrackActive')).toEqual({
      streamId: mine,
      kind: 'audio',
      active: false,
      reason: 'publishAudio',
    });
    engine.leave();
  });

  it('ends when a moderator ends it', async () => {
    const { cluster, engine, told } = await joined();
    await engine.publish(mine, fakeSource().source);
    const reason = 'forceUnpublishByUser';
    const event = { type: 'streamDestroyed', streamId: mine, connectionId: me, reason } as const;
    cluster.latest.say({ name: 'events', payload: [{ position: at(11), event }] });
    expect(told.changes.at(-1)).toMatchObject({ type: 'streamDestroyed', reason });
    expect(engine.state?.ownStreamIds).toEqual([]);
    await engine.local.setActive({ streamId: mine, kind: 'audio', active: false, reason: 'publishAudio' });
    expect(cluster.latest.methods).not.toContain('setTrackActive');
    engine.leave();
  });
});

describe('receiving', () => {
  it('waits for nothing when the consumers came with the answer to connect', async () => {
    const { cluster } = withAnn(true);
    cluster.answers.delete('subscribe');
    const { engine } = await joined(cluster);
    const onTracks = vi.fn<(tracks: MediaStreamTrack[]) => void>();
    const subscribed = engine.remote.subscribe(hers, { audio: true, video: true, onTracks });
    await vi.waitFor(() => expect(cluster.latest.methods).toContain('startConsumers'));
    expect(onTracks.mock.lastCall?.[0].map((track) => track.kind)).toEqual(['audio', 'video']);
    expect(cluster.latest.methods.slice(1)).toEqual(['subscribe', 'connectTransport', 'startConsumers']);
    cluster.latest.answer('subscribe', { consumers: [] });
    await subscribed;
    engine.leave();
  });

  it('takes the consumers of the answer for streams that came later', async () => {
    const { cluster, consumers } = withAnn(false);
    cluster.on('subscribe', () => ({ consumers }));
    const { engine } = await joined(cluster);
    const onTracks = vi.fn<(tracks: MediaStreamTrack[]) => void>();
    await engine.remote.subscribe(hers, { audio: true, video: false, onTracks });
    expect(onTracks).toHaveBeenCalledTimes(1);
    expect(cluster.lastParams('subscribe')).toMatchObject({ streamId: hers, audio: true, video: false });
    engine.leave();
  });

  it('forgets the wish when it is refused', async () => {
    const { cluster } = withAnn(false);
    cluster.on('subscribe', () => ({ code: 'STREAM_NOT_FOUND', message: 'gone' }));
    const { engine } = await joined(cluster);
    const wish = { audio: true, video: true, onTracks: () => undefined };
    await expect(engine.remote.subscribe(hers, wish)).rejects.toMatchObject({ code: 'STREAM_NOT_FOUND' });
    expect(engine.remote.subscriptions).toEqual([]);
    engine.leave();
  });
});

describe('resuming', () => {
  async function busy() {
    const { cluster, consumers } = withAnn(true);
    const all = await joined(cluster);
    const onTracks = vi.fn<(tracks: MediaStreamTrack[]) => void>();
    await all.engine.publish(mine, fakeSource().source);
    await all.engine.remote.subscribe(hers, { audio: true, video: true, onTracks });
    all.told.states.length = 0;
    return { ...all, consumers, onTracks };
  }

  it('says what is published and wanted, and up to where everything is known', async () => {
    const { cluster, engine, told } = await busy();
    cluster.latest.say({ name: 'position', payload: at(42) });
    cluster.latest.drop();
    await vi.waitFor(() => expect(told.states).toEqual(['reconnecting', 'connected']));
    expect(cluster.lastParams('resume')).toMatchObject({
      position: at(42),
      generation: 1,
      streams: [mine],
      subscriptions: [{ streamId: hers, audio: true, video: true }],
    });
    expect(cluster.latest.methods).toEqual(['resume']);
    engine.leave();
  });

  it('with new transports publishes and receives everything again under the same ids, before anything else', async () => {
    const { cluster, engine, told, onTracks } = await busy();
    const consumers = [fakeConsumer(hers, 'audio'), fakeConsumer(hers, 'video')];
    const media = usableMedia({ generation: 2, consumers });
    cluster.on('resume', () =>
      resumed({ media, servedBy: { ...told.servedBy[0]!, mediaNodeName: 'media-2' } }),
    );
    const before = onTracks.mock.lastCall?.[0];
    cluster.latest.drop();
    const chat = engine.ask('signal', { type: '', data: '', to: [] });
    await chat;
    expect(cluster.latest.methods[0]).toBe('resume');
    expect(cluster.latest.methods).toContain('startConsumers');
    expect(cluster.latest.methods.at(-1)).toBe('signal');
    expect(cluster.lastParams('publish')).toMatchObject({ streamId: mine, generation: 2 });
    expect(cluster.lastParams('subscribe')).toMatchObject({ streamId: hers, generation: 2 });
    expect(cluster.lastParams('startConsumers')).toEqual({ streamIds: [hers], generation: 2 });
    await vi.waitFor(() => expect(told.states).toEqual(['reconnecting', 'connected']));
    expect(onTracks.mock.lastCall?.[0]).toHaveLength(2);
    for (const track of onTracks.mock.lastCall?.[0] ?? []) expect(before).not.toContain(track);
    engine.leave();
  });

  it('publishes those again that the cluster lost', async () => {
    const { cluster, engine, told } = await busy();
    cluster.on('resume', () => resumed({ republish: [mine] }));
    cluster.latest.drop();
    await vi.waitFor(() => expect(told.states).toEqual(['reconnecting', 'connected']));
    expect(cluster.latest.methods).toEqual(['resume', 'publish']);
    expect(cluster.lastParams('publish')).toMatchObject({ streamId: mine, generation: 1 });
    engine.leave();
  });

  it('asks about the new transports what was under way on the old ones', async () => {
    const { cluster, engine } = await joined();
    const agree = cluster.answers.get('publish');
    cluster.answers.delete('publish');
    const publishing = engine.publish(mine, fakeSource().source);
    await vi.waitFor(() => expect(cluster.latest.methods).toContain('publish'));
    if (agree) cluster.answers.set('publish', agree);
    cluster.on('resume', () => resumed({ media: usableMedia({ generation: 2 }) }));
    cluster.latest.drop();
    await expect(publishing).resolves.toMatchObject({ streamId: mine });
    const publishes = cluster.sockets
      .flatMap((socket) => socket.asked)
      .filter(({ method }) => method === 'publish');
    expect(publishes).toHaveLength(2);
    expect(publishes[0]?.id).not.toBe(publishes[1]?.id);
    engine.leave();
  });

  it('tells what was missed once, and the end with its reason', async () => {
    const { cluster, engine, told } = await busy();
    told.changes.length = 0;
    const event = { type: 'connectionDestroyed', connectionId: ann, reason: 'disconnect' } as const;
    const events = [{ position: at(11), event }];
    cluster.on('resume', () => resumed({ events, position: at(12) }));
    cluster.latest.drop();
    await vi.waitFor(() => expect(told.states).toEqual(['reconnecting', 'connected']));
    cluster.latest.say({ name: 'events', payload: events });
    expect(told.changes.map((change) => change.type)).toEqual(['streamDestroyed', 'connectionDestroyed']);
    expect(engine.state?.position).toEqual(at(12));
    cluster.latest.say({ name: 'ended', payload: { reason: 'sessionClosedByServer' } });
    expect(told.ended).toEqual(['sessionClosedByServer']);
    expect(engine.media).toBeUndefined();
  });
});

describe('transports that are down', () => {
  /** Both are in use and connected; restarts are answered. */
  async function inUse() {
    const { cluster } = withAnn(true);
    cluster.on('restartIce', () => ({ iceParameters: {} }));
    const all = await joined(cluster);
    await all.engine.publish(mine, fakeSource().source);
    await all.engine.remote.subscribe(hers, { audio: true, video: true, onTracks: () => undefined });
    await vi.waitFor(() => expect(all.engine.media?.connected).toBe(true));
    return all;
  }

  it('are restarted at once when the connection has a master again', async () => {
    const { cluster, engine, media } = await inUse();
    media.handlers[1]?.setConnectionState('disconnected');
    cluster.latest.drop();
    await vi.waitFor(() => expect(cluster.latest.methods).toEqual(['resume', 'restartIce']));
    expect(cluster.lastParams('restartIce').direction).toBe('recv');
    expect(cluster.lastParams('resume').transports).toEqual({ send: 'connected', recv: 'disconnected' });
    engine.leave();
  });

  it('are not waited for to break when the machine has another network, and the socket neither', async () => {
    vi.stubGlobal('window', new EventTarget());
    const { cluster, engine, told } = await inUse();
    const [old] = cluster.sockets;
    cluster.answers.delete('restartIce');
    window.dispatchEvent(new Event('online'));
    cluster.on('restartIce', (_, socket) => (socket === old ? undefined : { iceParameters: {} }));
    await vi.waitFor(() => expect(cluster.latest.methods).toEqual(['resume', 'restartIce', 'restartIce']));
    expect([old?.closed, told.states]).toEqual([true, ['connecting', 'connected']]);
    engine.leave();
    vi.unstubAllGlobals();
  });
});

describe('a snapshot on the living socket', () => {
  async function publishing() {
    const { cluster } = withAnn(false);
    const all = await joined(cluster);
    await all.engine.publish(mine, fakeSource().source);
    all.told.changes.length = 0;
    all.told.states.length = 0;
    return all;
  }

  it('is told as ordinary events, and what this client sends is published again if the cluster lost data', async () => {
    const { cluster, engine, told } = await publishing();
    const socket = cluster.latest;
    socket.say({
      name: 'resync',
      payload: { snapshot: snapshot({ others: [remote(bob)], position: at(8, 2) }) },
    });
    expect(told.changes).toMatchObject([
      { type: 'streamDestroyed', connectionId: ann },
      { type: 'connectionDestroyed', connectionId: ann },
      { type: 'connectionCreated', connection: { connectionId: bob } },
    ]);
    await vi.waitFor(() => expect(socket.methods.filter((method) => method === 'publish')).toHaveLength(2));
    expect([told.states, engine.state?.position, cluster.sockets.length]).toEqual([[], at(8, 2), 1]);
    engine.leave();
  });

  it('ends own streams that it lacks if nothing was lost: somebody else ended them', async () => {
    const { cluster, engine, told } = await publishing();
    const others = [remote(ann, [stream(ann)])];
    cluster.latest.say({ name: 'resync', payload: { snapshot: snapshot({ others, position: at(90) }) } });
    expect(told.changes).toMatchObject([{ type: 'streamDestroyed', streamId: mine }]);
    engine.leave();
  });
});
