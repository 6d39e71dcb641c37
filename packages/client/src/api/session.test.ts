// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeCluster } from '../testing/fake-cluster.js';
import { agreeableCluster, usableMedia } from '../testing/fake-engine.js';
import { fakePublisher, fakeSession, installMedia, token } from '../testing/fake-session.js';
import {
  ann,
  at,
  joined,
  me,
  remote,
  resumed,
  servedBy,
  snapshot,
  stream,
  streamId,
} from '../testing/fixtures.js';
import type { SessionDisconnectedEvent, StreamEvent } from './events.js';
import { OpenViduErrorName } from './openvidu-error.js';
import type { Session } from './session.js';
import type { Stream } from './stream.js';

const withAnn = () => agreeableCluster({ snapshot: snapshot({ others: [remote(ann, [stream(ann)])] }) });
const asModerator = () => agreeableCluster({ snapshot: snapshot({ role: 'MODERATOR' }) });

beforeAll(installMedia);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

/** The remote stream that Ann publishes. */
function streamOfAnn(session: Session) {
  return session.remoteConnections.get(ann)!.stream!;
}

describe('connect', () => {
  it('tells of oneself, the others and their streams before it resolves', async () => {
    const { session, heard } = await fakeSession(withAnn());
    session.on('streamCreated', () => void heard.push(`while ${session.connectionState}`));
    await session.connect(token, { clientData: 'Me' });
    expect(heard).toEqual(['connectionCreated', 'connectionCreated', 'streamCreated', 'while connected']);
    expect(session.sessionId).toBe('room');
    expect(session.connection).toMatchObject({ connectionId: me, role: 'PUBLISHER', creationTime: 1000 });
    expect(streamOfAnn(session)).toMatchObject({ creationTime: 2000, hasVideo: true, typeOfVideo: 'CAMERA' });
    expect(session.servedBy?.masterName).toBe('master-1');
    session.disconnect();
  });

  it('writes objects as JSON and keeps strings', async () => {
    const { session, cluster } = await fakeSession();
    await session.connect(token, { clientData: 'Me' });
    expect(cluster.lastParams('connect').clientData).toBe('{"clientData":"Me"}');
    session.disconnect();
    await session.connect(token, 'plain');
    expect(cluster.lastParams('connect').clientData).toBe('plain');
    session.disconnect();
  });

  it.each([
    { what: 'a malformed token', with: 'nonsense', metadata: '', message: 'The token is malformed' },
    { what: 'too much metadata', with: token, metadata: 'x'.repeat(65_537), message: /must not be larger/ },
  ])('refuses $what', async ({ with: value, metadata, message }) => {
    const { session, cluster } = await fakeSession();
    await expect(session.connect(value, metadata)).rejects.toThrow(message);
    expect(cluster.attempts).toBe(0);
  });

  it('passes on why a master refused, and can be called again', async () => {
    const cluster = agreeableCluster().on('connect', () => ({
      code: 'TOKEN_INVALID',
      message: 'used already',
    }));
    const { session } = await fakeSession(cluster);
    await expect(session.connect(token)).rejects.toMatchObject({
      name: OpenViduErrorName.GENERIC_ERROR,
      code: 'TOKEN_INVALID',
      message: 'used already',
    });
    cluster.on('connect', () => joined({ media: usableMedia() }));
    await session.connect(token);
    await expect(session.connect(token)).rejects.toThrow('The session is connected already');
    session.disconnect();
  });
});

describe('the end', () => {
  it('by disconnect() comes at once: publishers first, then the session, then remote videos are gone', async () => {
    const { session, heard, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    const publisher = fakePublisher();
    await session.publish(publisher);
    document.body.innerHTML = '<div id="videos"></div>';
    session.subscribe(streamOfAnn(session), 'videos');
    heard.length = 0;
    publisher.on('streamDestroyed', ({ reason }) => void heard.push(`publisher ${reason}`));
    session.on('sessionDisconnected', ({ reason }) => {
      heard.push(`${reason}, ${document.querySelectorAll('video').length} video`);
    });
    session.disconnect();
    expect(heard).toEqual(['publisher disconnect', 'sessionDisconnected', 'disconnect, 1 video']);
    expect(document.querySelectorAll('video')).toHaveLength(0);
    expect(publisher.stream.getMediaStream()?.getTracks()[0]?.readyState).toBe('ended');
    expect(session.connectionState).toBe('ended');
    expect(cluster.latest.methods.at(-1)).toBe('leave');
  });

  it.each<[string, (cluster: FakeCluster) => void, string[]]>([
    [
      'on the living socket',
      ({ latest }) => latest.say({ name: 'ended', payload: { reason: 'nodeCrashed' } }),
      [],
    ],
    [
      'while media waits for another node',
      ({ latest }) => {
        latest.say({ name: 'mediaLost', payload: { generation: 1 } });
        latest.say({ name: 'ended', payload: { reason: 'nodeCrashed' } });
      },
      ['reconnecting'],
    ],
    [
      'by the answer to a resume',
      (cluster) => {
        cluster.on('resume', () => ({ code: 'CONNECTION_ENDED', message: 'over', reason: 'nodeCrashed' }));
        cluster.latest.drop();
      },
      ['reconnecting'],
    ],
  ])(
    "with its node, told %s, is the application's to repair: one end, in order",
    async (_, crash, before) => {
      const { session, heard, cluster } = await fakeSession(withAnn());
      await session.connect(token);
      const publisher = fakePublisher();
      await session.publish(publisher);
      heard.length = 0;
      publisher.on('streamDestroyed', ({ reason }) => void heard.push(`publisher ${reason}`));
      session.on('sessionDisconnected', ({ reason }) => void heard.push(`session ${reason}`));
      crash(cluster);
      await vi.waitFor(() => expect(session.connectionState).toBe('ended'));
      const end = ['publisher nodeCrashed', 'sessionDisconnected', 'session nodeCrashed'];
      expect(heard).toEqual([...before, ...end]);
      await expect(session.connect(token)).resolves.toBeUndefined();
      session.disconnect();
    },
  );

  it('keeps remote videos if the application prevents the default', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    document.body.innerHTML = '<div id="videos"></div>';
    session.subscribe(streamOfAnn(session), 'videos');
    const ended = vi.fn<(event: SessionDisconnectedEvent) => void>((event) => event.preventDefault());
    session.on('sessionDisconnected', ended);
    cluster.latest.say({ name: 'ended', payload: { reason: 'forceDisconnectByUser' } });
    expect(ended.mock.lastCall?.[0].reason).toBe('forceDisconnectByUser');
    expect(document.querySelectorAll('video')).toHaveLength(1);
  });

  it('before any connection only warns', async () => {
    const { session, heard } = await fakeSession();
    session.disconnect();
    expect(heard).toEqual([]);
  });

  it('refuses what needs a connection', async () => {
    const { session } = await fakeSession();
    await expect(session.publish(fakePublisher())).rejects.toMatchObject({
      name: OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
    });
    await expect(session.signal({ data: 'x' })).rejects.toMatchObject({
      name: OpenViduErrorName.OPENVIDU_NOT_CONNECTED,
    });
  });
});

describe('a break of the connection', () => {
  it('is told as reconnecting and reconnected, and another master by servedByChanged', async () => {
    const { session, heard, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    heard.length = 0;
    session.on('servedByChanged', (event) => void heard.push(event.servedBy.masterId));
    cluster.on('resume', () => resumed({ servedBy: servedBy('master_B0000000') }));
    cluster.latest.drop();
    expect(session.connectionState).toBe('reconnecting');
    await vi.waitFor(() => expect(heard).toContain('reconnected'));
    expect(heard).toEqual(['reconnecting', 'master_B0000000', 'reconnected']);
    session.disconnect();
  });
});

describe('publish', () => {
  it('gives the stream its id and tells the publisher, also one that listens late', async () => {
    const { session, cluster } = await fakeSession();
    await session.connect(token);
    const publisher = fakePublisher({ publishAudio: false });
    await session.publish(publisher);
    expect(publisher.stream.streamId).toMatch(new RegExp(`^str_CAM_\\w{4}_${me}$`));
    expect(session.connection?.stream).toBe(publisher.stream);
    expect(cluster.lastParams('publish').options).toMatchObject({ audioActive: false, videoActive: true });
    const late = vi.fn<(event: StreamEvent) => Stream>((event) => event.stream);
    publisher.on('streamCreated', late);
    expect(late).toHaveReturnedWith(publisher.stream);
    session.disconnect();
  });

  it('is refused to subscribers, before anything is captured or sent', async () => {
    const { session, cluster } = await fakeSession(
      agreeableCluster({ snapshot: snapshot({ role: 'SUBSCRIBER' }) }),
    );
    await session.connect(token);
    const capture = vi.fn<() => Promise<MediaStream>>(async () => new MediaStream());
    await expect(session.publish(fakePublisher({}, capture))).rejects.toMatchObject({
      name: OpenViduErrorName.OPENVIDU_PERMISSION_DENIED,
    });
    expect(capture).not.toHaveBeenCalled();
    expect(cluster.latest.methods).toEqual(['connect']);
    session.disconnect();
  });

  it('allows four streams, each once', async () => {
    const { session } = await fakeSession();
    await session.connect(token);
    const publishers = Array.from({ length: 4 }, () => fakePublisher());
    for (const publisher of publishers) await session.publish(publisher);
    await expect(session.publish(publishers[0]!)).rejects.toThrow('each once');
    await expect(session.publish(fakePublisher())).rejects.toThrow('at most 4 streams');
    expect(session.connection?.streams).toHaveLength(4);
    session.disconnect();
  });

  it('leaves nothing behind when it is undone while it is under way', async () => {
    const { session, cluster } = await fakeSession();
    await session.connect(token);
    const publisher = fakePublisher();
    const agree = cluster.answers.get('publish')!;
    cluster.answers.delete('publish');
    const publishing = session.publish(publisher).catch((error: unknown) => error);
    await vi.waitFor(() => expect(cluster.latest.methods).toContain('publish'));
    await session.unpublish(publisher);
    cluster.latest.answer('publish', agree(cluster.lastParams('publish'), cluster.latest)!);
    expect(await publishing).toMatchObject({ message: 'The publisher was unpublished meanwhile' });
    expect(cluster.latest.methods.slice(-2)).toEqual(['publish', 'unpublish']);
    expect(session.connection?.streams).toEqual([]);
    session.disconnect();
  });

  it('is undone by unpublish: the publisher hears it and its devices are let go of', async () => {
    const { session, cluster } = await fakeSession();
    await session.connect(token);
    const publisher = fakePublisher();
    await session.publish(publisher);
    const destroyed = vi.fn<(event: StreamEvent) => string>((event) => event.reason);
    publisher.on('streamDestroyed', destroyed);
    await session.unpublish(publisher);
    expect(destroyed).toHaveReturnedWith('unpublish');
    expect(cluster.latest.methods.at(-1)).toBe('unpublish');
    expect(session.connection?.streams).toEqual([]);
    await expect(session.unpublish(publisher)).rejects.toThrow('not published in this session');
    session.disconnect();
  });
});

describe('streams of others', () => {
  it('end with their event, and their videos leave the page afterwards', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    document.body.innerHTML = '<div id="videos"></div>';
    const subscriber = await session.subscribeAsync(streamOfAnn(session), 'videos');
    expect(session.streamManagers).toEqual([subscriber]);
    const videos: number[] = [];
    session.on('streamDestroyed', () => void videos.push(document.querySelectorAll('video').length));
    const event = { type: 'connectionDestroyed', connectionId: ann, reason: 'disconnect' } as const;
    cluster.latest.say({ name: 'events', payload: [{ position: at(11), event }] });
    expect(videos).toEqual([1]);
    expect(document.querySelectorAll('video')).toHaveLength(0);
    expect(session.remoteConnections.size).toBe(0);
    expect(session.streamManagers).toEqual([]);
    session.disconnect();
  });

  it('change with an event on the session and on the subscriber', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    const subscriber = session.subscribe(streamOfAnn(session));
    const heard: unknown[] = [];
    session.on(
      'streamPropertyChanged',
      (event) => void heard.push([event.changedProperty, event.newValue, event.oldValue]),
    );
    subscriber.on('streamPropertyChanged', (event) => void heard.push(event.target === subscriber));
    const event = {
      type: 'streamPropertyChanged',
      streamId: streamId(ann),
      connectionId: ann,
      changedProperty: 'audioActive',
      newValue: false,
      reason: 'publishAudio',
    } as const;
    cluster.latest.say({ name: 'events', payload: [{ position: at(11), event }] });
    expect(heard).toEqual([['audioActive', false, true], true]);
    expect(streamOfAnn(session).audioActive).toBe(false);
    session.disconnect();
  });

  it('that cannot be subscribed to are told to the callback', async () => {
    const cluster = withAnn().on('subscribe', () => ({ code: 'STREAM_NOT_FOUND', message: 'gone' }));
    const { session } = await fakeSession(cluster);
    await session.connect(token);
    const completed = vi.fn<(error?: Error) => void>();
    session.subscribe(streamOfAnn(session), undefined, {}, completed);
    await vi.waitFor(() => expect(completed).toHaveBeenCalled());
    expect(completed.mock.lastCall?.[0]).toMatchObject({ code: 'STREAM_NOT_FOUND' });
    session.disconnect();
  });
});

describe('events of the application', () => {
  it('are heard under their name, with who told them', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    const heard: unknown[] = [];
    session.on('app:handRaised', ({ data, from }) => void heard.push([data.raised, from?.connectionId]));
    const event = { type: 'app', name: 'handRaised', data: { raised: true }, from: ann } as const;
    cluster.latest.say({ name: 'events', payload: [{ position: at(11), event }] });
    expect(heard).toEqual([[true, ann]]);
    session.disconnect();
  });

  it('are told as they are, and not in another shape', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    await session.tell('handRaised', { raised: true });
    expect(cluster.lastParams('tell')).toEqual({ name: 'handRaised', data: { raised: true } });
    const wrong = { raised: 'yes' } as object as { raised: boolean };
    await expect(session.tell('handRaised', wrong)).rejects.toMatchObject({ name: 'GENERIC_ERROR' });
    session.disconnect();
  });
});

describe('signals', () => {
  it('are heard as signal and as signal:TYPE', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    const heard: unknown[] = [];
    session.on(
      'signal',
      (event) => void heard.push(['signal', event.type, event.data, event.from?.connectionId]),
    );
    session.on('signal:chat', (event) => void heard.push(['chat', event.type, event.data]));
    const say = (sequence: number, signalType: string, from?: typeof ann) =>
      cluster.latest.say({
        name: 'events',
        payload: [
          {
            position: at(sequence),
            event: { type: 'signal', signalType, data: 'hi', ...(from ? { from } : {}) },
          },
        ],
      });
    say(11, 'signal:chat', ann);
    say(12, 'signal');
    expect(heard).toEqual([
      ['signal', 'signal:chat', 'hi', ann],
      ['chat', 'signal:chat', 'hi'],
      ['signal', 'signal', 'hi', undefined],
    ]);
    session.disconnect();
  });

  it('go to those who are named', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    await session.signal({ type: 'chat', data: 'hi', to: [session.remoteConnections.get(ann)!] });
    expect(cluster.lastParams('signal')).toEqual({ type: 'chat', data: 'hi', to: [ann] });
    session.disconnect();
  });

  it.each([
    {
      signal: { data: 'é'.repeat(32_769) },
      message: 'The data of a signal must not be larger than 65536 bytes',
    },
    { signal: { type: 'x'.repeat(129) }, message: 'must not be longer than 128 characters' },
    { signal: { to: [{ connectionId: 'nobody' }] }, message: "'nobody' is no connection" },
  ])('are refused with: $message', async ({ signal, message }) => {
    const { session, cluster } = await fakeSession();
    await session.connect(token);
    await expect(session.signal(signal)).rejects.toThrow(message);
    expect(cluster.latest.methods).toEqual(['connect']);
    session.disconnect();
  });
});

describe('moderation', () => {
  it('is refused to others without asking', async () => {
    const { session, cluster } = await fakeSession(withAnn());
    await session.connect(token);
    const denied = { name: OpenViduErrorName.OPENVIDU_PERMISSION_DENIED };
    await expect(session.forceUnpublish(streamOfAnn(session))).rejects.toMatchObject(denied);
    await expect(session.forceDisconnect(session.remoteConnections.get(ann)!)).rejects.toMatchObject(denied);
    expect(cluster.latest.methods).toEqual(['connect']);
    session.disconnect();
  });

  it('follows the role, which a backend may change', async () => {
    const { session, cluster, heard } = await fakeSession(asModerator());
    await session.connect(token);
    expect(session.capabilities.forceDisconnect).toBe(true);
    const event = {
      type: 'connectionPropertyChanged',
      connectionId: me,
      changedProperty: 'role',
      newValue: 'SUBSCRIBER',
    } as const;
    cluster.latest.say({ name: 'events', payload: [{ position: at(11), event }] });
    expect(heard.at(-1)).toBe('connectionPropertyChanged');
    expect(session.capabilities).toMatchObject({ forceDisconnect: false, publish: false });
    session.disconnect();
  });
});
