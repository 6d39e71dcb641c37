// oxlint-disable unicorn/require-post-message-target-origin -- workers and worklets have no origin
// Worker: notes when each new frame of each track arrives. A worker, because a busy page must not make frames late.
import { isLater, readNumber } from './frame-number.ts';
import type { FromFrameClock, ToFrameClock } from './messages.ts';

interface Watch {
  reader: ReadableStreamDefaultReader<VideoFrame>;
}

interface Arrivals {
  times: number[];
  last: number | undefined;
}

const arrivals = new Map<string, Arrivals>();
const watches = new Map<string, Watch>();
const now = (): number => performance.timeOrigin + performance.now();

self.addEventListener('message', ({ data }: MessageEvent<ToFrameClock>) => {
  if (data.type === 'watch') void watch(data);
  else if (data.type === 'unwatch') void unwatch(data.trackId);
  else if (data.type === 'forget') forget();
  else answer({ type: 'arrivals', id: data.id, arrivals: all() });
});

async function watch({ key, trackId, frames }: Extract<ToFrameClock, { type: 'watch' }>): Promise<void> {
  const reader = frames.getReader();
  watches.set(trackId, { reader });
  const seen = arrivals.get(key) ?? { times: [], last: undefined };
  arrivals.set(key, seen);
  let buffer = new Uint8Array();
  for (;;) {
    const { value: frame } = await reader.read();
    if (!frame) return;
    const time = now();
    if (buffer.length < frame.allocationSize()) buffer = new Uint8Array(frame.allocationSize());
    const number = await numberOf(frame, buffer);
    frame.close();
    // While a stream is swapped both tracks bring frames; only what the viewer hasn't seen yet counts.
    if (number === undefined || (seen.last !== undefined && !isLater(number, seen.last))) continue;
    seen.last = number;
    seen.times.push(time);
  }
}

async function unwatch(trackId: string): Promise<void> {
  const watched = watches.get(trackId);
  watches.delete(trackId);
  await watched?.reader.cancel();
}

async function numberOf(frame: VideoFrame, data: Uint8Array<ArrayBuffer>): Promise<number | undefined> {
  const [luma] = await frame.copyTo(data);
  const { visibleRect } = frame;
  if (!luma || !visibleRect) return undefined;
  const { width, height } = visibleRect;
  return readNumber({ data, offset: luma.offset, stride: luma.stride, width, height });
}

/** The last arrival stays: the gap that is being looked for begins with it. */
function forget(): void {
  for (const seen of arrivals.values()) seen.times = seen.times.slice(-1);
}

function all(): Record<string, number[]> {
  return Object.fromEntries([...arrivals].map(([key, { times }]) => [key, times]));
}

function answer(message: FromFrameClock): void {
  self.postMessage(message);
}
