import type { Page } from '@playwright/test';

/** What a page has received of one track since it began. */
export interface Received {
  kind: 'audio' | 'video';
  /** Frames decoded, or audio energy: both grow while the track is alive. */
  amount: number;
}

declare global {
  interface Window {
    /** Every connection that the page has made, kept by {@link probeMedia}. */
    rememberedConnections: RTCPeerConnection[];
    /** Every WebSocket likewise. */
    rememberedSockets: WebSocket[];
  }
}

/** Lets a page remember its connections, so that a test can read their statistics or cut them. Before it loads. */
export async function probeMedia(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.rememberedConnections = [];
    window.rememberedSockets = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.rememberedConnections.push(this);
      }
    };
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        window.rememberedSockets.push(this);
      }
    };
  });
}

/** All tracks that the page receives and that aren't over. */
export async function received(page: Page): Promise<Received[]> {
  return page.evaluate(async () => {
    const tracks: { kind: 'audio' | 'video'; amount: number }[] = [];
    for (const connection of window.rememberedConnections) {
      if (connection.connectionState === 'closed') continue;
      for (const { mid, receiver } of connection.getTransceivers()) {
        // mediasoup's own padding for the bandwidth estimation; nobody's picture.
        if (mid === 'probator' || receiver.track.readyState !== 'live') continue;
        for (const stats of (await receiver.getStats()).values()) {
          if (stats.type !== 'inbound-rtp') continue;
          const amount: number =
            stats.kind === 'video' ? (stats.framesDecoded ?? 0) : (stats.totalAudioEnergy ?? 0);
          tracks.push({ kind: stats.kind, amount });
        }
      }
    }
    return tracks;
  });
}

/** Closes the page's sockets without a word, as a network would. */
export async function cutSockets(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const socket of window.rememberedSockets) socket.close();
  });
}
