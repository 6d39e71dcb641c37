import { OpenViduError, OpenViduErrorName, type PublisherProperties } from '@evercall/client';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LocalMedia, type LocalMediaOptions } from './local-media.js';
import type { Permission } from './media-status.js';
import { fakeTrack, installMedia } from './testing/fake-media.js';

beforeAll(installMedia);

/** Captures as a browser with both devices does, unless `fault` says otherwise. */
function setUp({
  fault = () => undefined,
  permission = 'granted',
}: {
  fault?: (wanted: { audio: boolean; video: boolean }) => OpenViduErrorName | undefined;
  permission?: Permission;
} = {}) {
  const capture = vi.fn<LocalMediaOptions['capture']>(async (properties: PublisherProperties) => {
    const wanted = { audio: properties.audioSource !== false, video: properties.videoSource !== false };
    const name = fault(wanted);
    if (name) throw new OpenViduError(name, name);
    const id = (source: unknown) => (typeof source === 'string' ? source : undefined);
    return new MediaStream([
      ...(wanted.audio ? [fakeTrack('audio', id(properties.audioSource))] : []),
      ...(wanted.video ? [fakeTrack('video', id(properties.videoSource))] : []),
    ]);
  });
  const captureFacing = vi.fn<LocalMediaOptions['captureFacing']>(
    async (facing) => new MediaStream([fakeTrack('video', `${facing} camera`, facing)]),
  );
  const media = new LocalMedia({
    kinds: ['audio', 'video'],
    capture,
    captureFacing,
    cameras: async () => [{ deviceId: 'video' }, { deviceId: 'second' }],
    permission: async () => permission,
    picture: {},
  });
  const status = () => [media.store.get().audio.status, media.store.get().video.status];
  return { media, capture, captureFacing, status };
}

describe('LocalMedia', () => {
  it('asks for both with one question', async () => {
    const { media, capture, status } = setUp();
    const starting = media.start();
    expect(status()).toEqual(['prompting', 'prompting']);
    await starting;
    expect(status()).toEqual(['granted', 'granted']);
    expect(capture).toHaveBeenCalledTimes(1);
    expect(media.store.get().stream?.getTracks()).toHaveLength(2);
  });

  it('has the microphone where there is no camera', async () => {
    const { media, status } = setUp({
      fault: ({ video }) => (video ? OpenViduErrorName.INPUT_VIDEO_DEVICE_NOT_FOUND : undefined),
    });
    await media.start();
    expect(status()).toEqual(['granted', 'noDevice']);
    expect(media.store.get().stream?.getTracks()).toHaveLength(1);
  });

  it('asks nobody twice who said no', async () => {
    const { media, capture, status } = setUp({
      fault: () => OpenViduErrorName.DEVICE_ACCESS_DENIED,
      permission: 'denied',
    });
    await media.start();
    expect(status()).toEqual(['denied', 'denied']);
    expect(capture).toHaveBeenCalledTimes(1);
  });

  it('tells a question that was closed from one that was refused', async () => {
    const { media, status } = setUp({
      fault: () => OpenViduErrorName.DEVICE_ACCESS_DENIED,
      permission: 'prompt',
    });
    await media.start();
    expect(status()).toEqual(['dismissed', 'dismissed']);
  });

  it('changes a device, stops the old one, and comes back to the chosen one', async () => {
    const { media, capture } = setUp();
    await media.start();
    const old = media.store.get().video.track;
    await media.select('video', 'other');
    expect(old?.readyState).toBe('ended');
    expect(media.store.get().video.deviceId).toBe('other');
    await media.select('video', false);
    expect(media.store.get().video.status).toBe('off');
    await media.select('video');
    expect(capture).toHaveBeenLastCalledWith({ audioSource: false, videoSource: 'other' });
  });

  it('keeps what it has until the next device is there, so that a stream goes on', async () => {
    const { media } = setUp();
    await media.start();
    const { stream } = media.store.get();
    const old = media.store.get().video.track;
    const selecting = media.select('video', 'other');
    expect(media.store.get()).toMatchObject({ stream, video: { status: 'prompting', track: old } });
    await selecting;
    expect(media.store.get().video).toMatchObject({ status: 'granted', deviceId: 'other' });
    expect(media.store.get().stream).not.toBe(stream);
  });

  it('turns to the next camera, to the other side of a telephone, and comes back to that one', async () => {
    const { media, capture, captureFacing } = setUp();
    await media.start();
    await media.flipCamera();
    expect(media.store.get().video.deviceId).toBe('second');
    await media.flipCamera();
    expect(media.store.get().video.deviceId).toBe('video');

    captureFacing.mockImplementationOnce(
      async () => new MediaStream([fakeTrack('video', 'back', 'environment')]),
    );
    const front = fakeTrack('video', 'front', 'user');
    capture.mockResolvedValueOnce(new MediaStream([front]));
    await media.select('video', 'front');
    await media.flipCamera();
    expect(captureFacing).toHaveBeenCalledExactlyOnceWith('environment');
    expect(front.readyState).toBe('ended');
    expect(media.store.get().video).toMatchObject({ status: 'granted', deviceId: 'back' });
    await media.select('video', false);
    await media.select('video');
    expect(capture).toHaveBeenLastCalledWith({ audioSource: false, videoSource: 'back' });
  });

  it('goes back to the camera it had when the other one cannot be had', async () => {
    const { media, capture, captureFacing } = setUp();
    capture.mockResolvedValueOnce(new MediaStream([fakeTrack('video', 'front', 'user')]));
    captureFacing.mockRejectedValueOnce(new DOMException('taken', 'NotReadableError'));
    await media.select('video');
    await media.flipCamera();
    expect(media.store.get().video).toMatchObject({ status: 'granted', deviceId: 'front' });
  });

  it('notices a device that is unplugged', async () => {
    const { media, status } = setUp();
    await media.start();
    media.store.get().audio.track?.dispatchEvent(new Event('ended'));
    expect(status()).toEqual(['unplugged', 'granted']);
  });

  it('lets go of a device that comes after it was released', async () => {
    const { media, capture } = setUp();
    const starting = media.start();
    media.release();
    await starting;
    const stream = await capture.mock.results[0]?.value;
    expect(stream?.getTracks().map((track: MediaStreamTrack) => track.readyState)).toEqual([
      'ended',
      'ended',
    ]);
    expect(media.store.get()).toMatchObject({ stream: undefined, audio: { status: 'off' } });
  });
});
