/** How long a packet of sound lasts, in ms; Opus as browsers send it. */
const packetMs = 20;
/** Older than this no timestamp of `performance.now()` gets; those since 1970 are larger. */
const epochFrom = 1e11;

/** What the browser says of the packets of one track. */
export interface AudioReading {
  /** Another one after the media went elsewhere, and its counter begins again. */
  ssrc: number;
  packets: number;
  /** When the last one arrived, in ms of `performance.now()`. */
  lastAt: number;
}

/** Reads a report of the browser; `undefined` if it tells of no sound, or not when it arrived. */
export function readAudio(
  report: { forEach(callback: (stats: unknown) => void): void },
  timeOrigin: number,
): AudioReading | undefined {
  let found: AudioReading | undefined;
  report.forEach((stats) => {
    if (!isInboundAudio(stats)) return;
    const at = stats.lastPacketReceivedTimestamp;
    const lastAt = at > epochFrom ? at - timeOrigin : at;
    // While the media moves there are two; the newer one counts.
    if (!found || lastAt > found.lastAt) found = { ssrc: stats.ssrc, packets: stats.packetsReceived, lastAt };
  });
  return found;
}

/**
 * When the packets since the reading before arrived, one every 20 ms up to the last: between two readings the browser
 * tells only how many there were. So a wait is known exactly where it begins, and to a few packets where it ends.
 */
export function arrivals(before: AudioReading | undefined, now: AudioReading): number[] {
  // What came before the first reading nobody waited for.
  if (!before) return [now.lastAt];
  const count = before.ssrc === now.ssrc ? now.packets - before.packets : now.packets;
  // More than fit in between came in a burst.
  const fitting = Math.floor((now.lastAt - before.lastAt) / packetMs);
  const shown = Math.max(Math.min(count, fitting), count > 0 ? 1 : 0);
  return Array.from({ length: shown }, (_, index) => now.lastAt - (shown - 1 - index) * packetMs);
}

interface InboundAudio {
  ssrc: number;
  packetsReceived: number;
  lastPacketReceivedTimestamp: number;
}

function isInboundAudio(stats: unknown): stats is InboundAudio {
  if (typeof stats !== 'object' || stats === null) return false;
  const of = (name: string): unknown => Reflect.get(stats, name);
  return (
    of('type') === 'inbound-rtp' &&
    of('kind') === 'audio' &&
    typeof of('ssrc') === 'number' &&
    typeof of('packetsReceived') === 'number' &&
    typeof of('lastPacketReceivedTimestamp') === 'number'
  );
}
