import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SoundGate } from './sound-gate.js';
import { FakeManager } from './testing/fake-manager.js';
import { installMedia } from './testing/fake-media.js';
import { FakeSession, fakeStream } from './testing/fake-session.js';
import { withSession } from './testing/with-session.js';
import { useAudioOutput } from './use-device-choice.js';
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
  const fake = new FakeManager(fakeStream('stream-1'), remote);
  return { manager: fake.asManager, videos: fake.videos };
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

  it('is started by the sound gate, which goes when the last one plays or is gone', async () => {
    play.mockRejectedValue(new DOMException('not yet', 'NotAllowedError'));
    const tiles = (count: number) => (
      <>
        {Array.from({ length: count }, (_, index) => (
          <VideoTile key={index} manager={fakeManager(true).manager} />
        ))}
        <SoundGate />
      </>
    );
    const { wrapper } = withSession(new FakeSession());
    const { rerender } = render(null, { wrapper });
    expect(screen.queryByRole('button')).toBeNull();
    await act(async () => rerender(tiles(2)));
    play.mockReset().mockResolvedValue();
    const gate = screen.getByRole('button', { name: 'Turn sound on' });
    await act(async () => fireEvent.click(gate));
    expect(play).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole('button')).toBeNull();

    play.mockRejectedValue(new DOMException('not yet', 'NotAllowedError'));
    await act(async () => rerender(tiles(3)));
    expect(screen.getByRole('button')).toBeTruthy();
    await act(async () => rerender(tiles(0)));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('plays on the device that was chosen for all, unless it has its own', async () => {
    const setSinkId = vi.fn<(sinkId: string) => Promise<void>>(async () => undefined);
    Object.assign(HTMLMediaElement.prototype, { setSinkId });
    const Chooser = () => {
      const { select } = useAudioOutput();
      return (
        <button type="button" onClick={() => select('headset')}>
          choose
        </button>
      );
    };
    const { wrapper } = withSession(new FakeSession());
    render(
      <>
        <VideoTile manager={fakeManager(true).manager} />
        <VideoTile manager={fakeManager(true).manager} sinkId="loud" />
        <Chooser />
      </>,
      { wrapper },
    );
    expect(setSinkId.mock.calls).toEqual([['loud']]);
    fireEvent.click(screen.getByRole('button'));
    expect(setSinkId.mock.calls).toEqual([['loud'], ['headset']]);
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
  });
});
