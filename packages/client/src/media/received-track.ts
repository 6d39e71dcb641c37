import type { MediaKind } from '@evercall/protocol';
import type { types } from 'mediasoup-client';

/** A track that comes from a media node. */
export interface ReceivedTrack {
  /** The consumer's. */
  id: string;
  kind: MediaKind;
  track: MediaStreamTrack;
  /** Its publisher had muted it when it was set up: nothing may come for long. */
  muted: boolean;
  /** When something of it was decoded last, in milliseconds; `undefined` if nothing was (in the last 10 s). */
  playedAt: () => number | undefined;
}

/**
 * When something of a consumer was decoded last, in milliseconds of the browser's own clock, whoever looks at it; only
 * differences mean something. The browser notes it with each frame anyway, so that asking costs nothing.
 */
export function playedAt({ rtpReceiver }: types.Consumer): number | undefined {
  // A receiver has one source, and a second one for a moment while its sender starts anew.
  const times = rtpReceiver?.getSynchronizationSources().map(({ timestamp }) => timestamp) ?? [];
  return times.length > 0 ? Math.max(...times) : undefined;
}
