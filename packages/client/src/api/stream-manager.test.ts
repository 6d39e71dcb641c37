// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakePublisher, installMedia } from '../testing/fake-session.js';

beforeAll(installMedia);
beforeEach(() => {
  document.body.innerHTML = '<main><div id="target"><span></span></div></main>';
});

/** The tags in the page, seen from `main`. */
function page(): string {
  return document.querySelector('main')!.innerHTML.replaceAll(/<(\/?\w+)[^>]*>/g, '<$1>');
}

describe('video elements', () => {
  it.each([
    { mode: 'APPEND', html: '<div><span></span><video></video></div>' },
    { mode: 'PREPEND', html: '<div><video></video><span></span></div>' },
    { mode: 'BEFORE', html: '<video></video><div><span></span></div>' },
    { mode: 'AFTER', html: '<div><span></span></div><video></video>' },
    { mode: 'REPLACE', html: '<video></video>' },
  ] as const)('are put into the page: $mode', async ({ mode, html }) => {
    const publisher = fakePublisher({ insertMode: mode });
    await publisher.initialize();
    publisher.createVideoElement('target');
    expect(page()).toBe(html);
  });

  it("show one's own stream silently and mirrored", async () => {
    const publisher = fakePublisher();
    await publisher.initialize();
    const video = publisher.createVideoElement('target');
    expect(video).toMatchObject({ muted: true, autoplay: true });
    expect(video.style.transform).toBe('rotateY(180deg)');
    expect(video.srcObject).toBe(publisher.stream.getMediaStream());
  });

  it('get the stream when they were there before it', async () => {
    const publisher = fakePublisher();
    const video = document.createElement('video');
    expect(publisher.addVideoElement(video)).toBe(1);
    await publisher.initialize();
    expect(video.srcObject).toBe(publisher.stream.getMediaStream());
    expect(publisher.addVideoElement(video)).toBe(0);
  });

  it('leave the page if the SDK made them, and only lose the stream if the application did', async () => {
    const publisher = fakePublisher();
    await publisher.initialize();
    const heard = vi.fn<(value?: unknown) => void>();
    publisher.on('videoElementDestroyed', heard);
    const made = publisher.createVideoElement('target');
    const own = document.createElement('video');
    document.body.append(own);
    publisher.addVideoElement(own);
    publisher.removeVideoElement(made);
    publisher.removeVideoElement(own);
    expect([made.isConnected, own.isConnected, own.srcObject]).toEqual([false, true, null]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(publisher.videos).toEqual([]);
  });

  it('are told of, also to who listens late, and so is the first playing', async () => {
    const publisher = fakePublisher();
    await publisher.initialize();
    const video = publisher.createVideoElement('target');
    const created = vi.fn<(value?: unknown) => void>();
    publisher.on('videoElementCreated', created);
    const playing = vi.fn<(value?: unknown) => void>();
    publisher.on('streamPlaying', playing);
    video.dispatchEvent(new Event('playing'));
    video.dispatchEvent(new Event('playing'));
    expect([created.mock.calls.length, playing.mock.calls.length]).toEqual([1, 1]);
  });

  it('need a target that exists', () => {
    const publisher = fakePublisher();
    expect(() => publisher.createVideoElement('nowhere')).toThrow(
      "couldn't be resolved to any HTML element: nowhere",
    );
  });
});
