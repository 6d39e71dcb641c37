import type { Page } from '@playwright/test';

/** What a page has received so far of one track that it plays to its user. */
export interface ReceivedTrack {
  id: string;
  kind: 'audio' | 'video';
  /** RTP packets. */
  packets: number;
  /** Frames decoded, or audio energy: grows while something is seen or heard. */
  amount: number;
}

declare global {
  interface Window {
    /** Every connection that the page has made, kept by {@link probeMedia}. */
    rememberedConnections: RTCPeerConnection[];
  }
}

/** Lets a page remember its connections, so that a test can read their statistics. Before it loads. */
export async function probeMedia(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.rememberedConnections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.rememberedConnections.push(this);
      }
    };
  });
}

/**
 * Tracks that the page receives and that a video element of it plays, with sound if it is sound. What arrives and is
 * shown to nobody (a tile that forgot its stream, mediasoup's padding for the bandwidth estimation) isn't among them.
 */
export async function received(page: Page): Promise<ReceivedTrack[]> {
  return page.evaluate(async () => {
    const elements = Array.from(document.querySelectorAll('video')).filter((element) => !element.paused);
    const isPlayed = (track: MediaStreamTrack): boolean =>
      elements.some(
        ({ srcObject, muted }) =>
          srcObject instanceof MediaStream &&
          srcObject.getTracks().includes(track) &&
          (track.kind === 'video' || !muted),
      );
    const tracks: { id: string; kind: 'audio' | 'video'; packets: number; amount: number }[] = [];
    for (const connection of window.rememberedConnections) {
      if (connection.connectionState === 'closed') continue;
      for (const receiver of connection.getReceivers()) {
        if (receiver.track.readyState !== 'live' || !isPlayed(receiver.track)) continue;
        for (const stats of (await receiver.getStats()).values()) {
          if (stats.type !== 'inbound-rtp') continue;
          const amount: number =
            stats.kind === 'video' ? (stats.framesDecoded ?? 0) : (stats.totalAudioEnergy ?? 0);
          tracks.push({
            id: receiver.track.id,
            kind: stats.kind,
            packets: stats.packetsReceived ?? 0,
            amount,
          });
        }
      }
    }
    return tracks;
  });
}
