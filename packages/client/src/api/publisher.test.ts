// @vitest-environment jsdom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { agreeableCluster } from '../testing/fake-engine.js';
import { fakeCapture, fakePublisher, fakeSession, installMedia, token } from '../testing/fake-session.js';
import { fakeTrack } from '../testing/fake-track.js';
import { OpenViduError, OpenViduErrorName } from './openvidu-error.js';
import type { PublisherProperties } from './properties.js';
import type { Publisher } from './publisher.js';

beforeAll(() => {
  installMedia();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
});

async function published(publisher: Publisher = fakePublisher()) {
  const all = await fakeSession(agreeableCluster());
  await all.session.connect(token);
  await all.session.publish(publisher);
  return { ...all, publisher };
}

function trackOf(publisher: Publisher, kind: string) {
  return publisher.stream
    .getMediaStream()!
    .getTracks()
    .find((track) => track.kind === kind)!;
}

describe('access', () => {
  it('is told when it is allowed, also to who listens late', async () => {
    const publisher = fakePublisher();
    const early = vi.fn<(value?: unknown) => void>();
    publisher.once('accessAllowed', early);
    await publisher.initialize();
    const late = vi.fn<(value?: unknown) => void>();
    publisher.on('accessAllowed', late);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 1]);
    expect(publisher.accessAllowed).toBe(true);
  });

  it('is told when it is denied, with the reason', async () => {
    const denied = new OpenViduError(OpenViduErrorName.DEVICE_ACCESS_DENIED, 'no');
    const publisher = fakePublisher({}, () => Promise.reject(denied));
    const heard = vi.fn<(value?: unknown) => void>();
    publisher.on('accessDenied', heard);
    await expect(publisher.initialize()).rejects.toBe(denied);
    expect(heard).toHaveBeenCalledWith(denied);
  });

  it('counts as a dialog when it takes longer', async () => {
    vi.useFakeTimers();
    const heard: string[] = [];
    const publisher = fakePublisher({}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return fakeCapture();
    });
    publisher.on('accessDialogOpened', () => void heard.push('opened'));
    publisher.on('accessDialogClosed', () => void heard.push('closed'));
    publisher.on('accessAllowed', () => void heard.push('allowed'));
    void publisher.initialize();
    await vi.advanceTimersByTimeAsync(3000);
    vi.useRealTimers();
    expect(heard).toEqual(['opened', 'closed', 'allowed']);
  });
});

describe('muting', () => {
  it('before publishing shows in the preview and in what is published', async () => {
    const publisher = fakePublisher({ publishVideo: false });
    await publisher.initialize();
    publisher.publishAudio(false);
    expect(trackOf(publisher, 'audio').enabled).toBe(false);
    expect(trackOf(publisher, 'video').enabled).toBe(false);
    const { cluster, session } = await published(publisher);
    expect(cluster.lastParams('publish').options).toMatchObject({ audioActive: false, videoActive: false });
    session.disconnect();
  });

  it('is told to everybody, once for each change', async () => {
    const { publisher, cluster, session, heard } = await published();
    publisher.publishAudio(false);
    publisher.publishAudio(false);
    await publisher.publishVideo(false);
    const asked = cluster.latest.asked.filter((request) => request.method === 'setTrackActive');
    expect(asked.map((request) => request.params)).toEqual([
      { streamId: publisher.stream.streamId, kind: 'audio', active: false, reason: 'publishAudio' },
      { streamId: publisher.stream.streamId, kind: 'video', active: false, reason: 'publishVideo' },
    ]);
    expect(heard.filter((type) => type === 'streamPropertyChanged')).toHaveLength(2);
    session.disconnect();
  });

  it('of the picture can let go of the camera, and takes it back', async () => {
    const capture = vi.fn<(properties: PublisherProperties) => Promise<MediaStream>>(async () =>
      fakeCapture(),
    );
    const { publisher, session } = await published(fakePublisher({ resolution: '1280x720' }, capture));
    const camera = trackOf(publisher, 'video');
    await publisher.publishVideo(false, true);
    expect(camera.readyState).toBe('ended');
    expect(publisher.stream.getMediaStream()?.getVideoTracks()).toEqual([]);
    await publisher.publishVideo(true);
    expect(capture).toHaveBeenLastCalledWith({ resolution: '1280x720', audioSource: false });
    expect(trackOf(publisher, 'video')).toMatchObject({ readyState: 'live', enabled: true });
    session.disconnect();
  });
});

describe('replacing a track', () => {
  it('stops the old one, keeps the media stream, and tells', async () => {
    const { publisher, session } = await published();
    const mediaStream = publisher.stream.getMediaStream();
    const old = trackOf(publisher, 'video');
    const next = fakeTrack('video', { width: 1280, height: 720 });
    const heard: unknown[] = [];
    publisher.on('streamPropertyChanged', (event) => void heard.push([event.changedProperty, event.reason]));
    await publisher.replaceTrack(next);
    expect(publisher.stream.getMediaStream()).toBe(mediaStream);
    expect([old.readyState, trackOf(publisher, 'video')]).toEqual(['ended', next]);
    expect(publisher.stream.videoDimensions).toEqual({ width: 1280, height: 720 });
    expect(heard).toEqual([
      ['videoDimensions', 'deviceRotated'],
      ['videoTrack', 'trackReplaced'],
    ]);
    session.disconnect();
  });

  it('of a kind that is not there is refused', async () => {
    const publisher = fakePublisher({}, async () => new MediaStream([fakeTrack('audio')]));
    await publisher.initialize();
    await expect(publisher.replaceTrack(fakeTrack('video'))).rejects.toThrow('has no video track');
  });
});
