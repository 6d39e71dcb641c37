/** What the page tells the worker that watches frames. A key names a viewer's track: `from ann, video`. */
export type ToFrameClock =
  | { type: 'watch'; key: string; trackId: string; frames: ReadableStream<VideoFrame> }
  | { type: 'unwatch'; trackId: string }
  | { type: 'forget' }
  | { type: 'collect'; id: number };

/** Milliseconds since 1970 at which frames came, by key. */
export interface FromFrameClock {
  type: 'arrivals';
  id: number;
  arrivals: Record<string, number[]>;
}

/** What the page tells the worklet that listens. */
export type ToSilenceClock = { type: 'forget' } | { type: 'collect'; id: number };

/** What the worklet heard on one input, in seconds of the audio context. */
export interface Heard {
  /** Stretches without sound that are over. */
  silences: [from: number, to: number][];
  /** When there was sound last; undefined if never. */
  last: number | undefined;
}

export interface FromSilenceClock {
  type: 'heard';
  id: number;
  inputs: Heard[];
}
