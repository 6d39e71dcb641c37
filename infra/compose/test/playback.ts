import type { Page } from '@playwright/test';

/** How the others' video went on in a page since {@link watchPlayback}. */
export interface Playback {
  /** Milliseconds between two frames, at the longest. */
  longestGapMs: number;
  frames: number;
  /** Times that the media connection of the page changed its state, or that a new one was made. */
  connectionChanges: number;
}

declare global {
  interface Window {
    watchedPlayback: { longestGapMs: number; frames: number; changes: number; connections: number };
  }
}

/** Begins to watch the first video that is somebody else's, and the connections that `probeMedia` remembers. */
export async function watchPlayback(page: Page): Promise<void> {
  await page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid=tile][data-local=false] video');
    if (video === null) throw new Error('there is no video of anybody else');
    const watched = {
      longestGapMs: 0,
      frames: 0,
      changes: 0,
      connections: window.rememberedConnections.length,
    };
    window.watchedPlayback = watched;
    for (const connection of window.rememberedConnections) {
      connection.addEventListener('connectionstatechange', () => {
        watched.changes += 1;
      });
    }
    let last: number | undefined;
    const onFrame = (now: number): void => {
      if (last !== undefined) watched.longestGapMs = Math.max(watched.longestGapMs, now - last);
      last = now;
      watched.frames += 1;
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  });
}

export async function playback(page: Page): Promise<Playback> {
  return page.evaluate(() => {
    const { longestGapMs, frames, changes, connections } = window.watchedPlayback;
    const made = window.rememberedConnections.length - connections;
    return { longestGapMs: Math.round(longestGapMs), frames, connectionChanges: changes + made };
  });
}
