import type { StreamManager } from '@evercall/client';
import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { installMedia } from './testing/fake-media.js';
import { fakeStream } from './testing/fake-session.js';
import { VideoTile } from './video-tile.js';

const play = vi.fn<() => Promise<void>>();

beforeAll(() => {
  installMedia();
  HTMLMediaElement.prototype.play = play;
});
beforeEach(() => {
  play.mockReset().mockResolvedValue();
});
afterEach(cleanup);

function fakeManager(remote: boolean) {
  const videos: HTMLVideoElement[] = [];
  const manager = {
    remote,
    stream: fakeStream('stream-1'),
    addVideoElement: (video: HTMLVideoElement) => void videos.push(video),
    removeVideoElement: (video: HTMLVideoElement) => void videos.splice(videos.indexOf(video), 1),
  };
  return { manager: manager as object as StreamManager, videos };
}

function videoOf(container: HTMLElement): HTMLVideoElement {
  return container.querySelector('video')!;
}

describe('VideoTile', () => {
  it('gives its element to the stream manager, and takes it back', () => {
    const { manager, videos } = fakeManager(true);
    const { container, unmount } = render(<VideoTile manager={manager} className="mine" />);
    expect(videos).toEqual([videoOf(container)]);
    expect(videoOf(container)).toMatchObject({ muted: false, className: 'mine' });
    expect(videoOf(container).dataset).toMatchObject({
      streamId: 'stream-1',
      local: 'false',
      playing: 'false',
    });
    fireEvent.playing(videoOf(container));
    expect(videoOf(container).dataset['playing']).toBe('true');
    unmount();
    expect(videos).toEqual([]);
  });

  it("is silent for one's own stream and for a preview", () => {
    const own = render(<VideoTile manager={fakeManager(false).manager} />);
    expect(videoOf(own.container).muted).toBe(true);
    const preview = new MediaStream();
    const before = render(<VideoTile preview={preview} />);
    expect(videoOf(before.container)).toMatchObject({ muted: true, srcObject: preview });
  });

  it('tells when the browser does not play sound yet, and how to', async () => {
    play.mockRejectedValueOnce(new DOMException('not yet', 'NotAllowedError'));
    const blocked = vi.fn<(play: () => Promise<void>) => void>();
    await act(async () => {
      render(<VideoTile manager={fakeManager(true).manager} onAutoplayBlocked={blocked} />);
    });
    await blocked.mock.lastCall?.[0]();
    expect(play).toHaveBeenCalledTimes(2);
  });

  it('takes a source that changed meanwhile for no block', async () => {
    play.mockRejectedValueOnce(new DOMException('', 'AbortError'));
    const blocked = vi.fn<(play: () => Promise<void>) => void>();
    await act(async () => {
      render(<VideoTile manager={fakeManager(true).manager} onAutoplayBlocked={blocked} />);
    });
    expect(blocked).not.toHaveBeenCalled();
  });
});
