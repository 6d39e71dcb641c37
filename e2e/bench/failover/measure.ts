import type { Measured } from '../instrument/participant.ts';

/** The three things that can be interrupted. */
export const kinds = ['signalling', 'video', 'audio'] as const;
export type Kind = (typeof kinds)[number];

/** Interruptions in milliseconds, one for each track or participant. */
export type Samples = Record<Kind, number[]>;

/** What a window of time came to. */
export interface Window {
  samples: Samples;
  /** Names of the tracks that did not come back. */
  lost: string[];
}

/** A stretch of time that is looked at, in milliseconds since 1970, and what is expected in it. */
export interface WindowOptions {
  from: number;
  to: number;
  /** Names of everybody in the room. */
  names: readonly string[];
  /** Whose signalling counts. */
  signalling: readonly string[];
}

/** Silence at the end of a window after which something counts as not come back. */
const lostMs = 1000;

/** The longest interruption of every track of every participant, and of their signalling. */
export function measureWindow(measured: ReadonlyMap<string, Measured>, options: WindowOptions): Window {
  const window: Window = { samples: { signalling: [], video: [], audio: [] }, lost: [] };
  const add = (kind: Kind, name: string, gap: Gap): void => {
    if (gap.open) window.lost.push(`${name} ${kind}`);
    else window.samples[kind].push(Math.round(gap.ms));
  };
  for (const [viewer, { video, audio, signals }] of measured) {
    if (options.signalling.includes(viewer)) add('signalling', viewer, longestPause(signals, options));
    for (const sender of options.names.filter((name) => name !== viewer)) {
      const name = `${viewer} from ${sender}`;
      add('video', name, longestPause(video[sender] ?? [], options));
      add('audio', name, longestSilence(audio[sender], options));
    }
  }
  return window;
}

interface Gap {
  ms: number;
  /** It lasted to the end of the window. */
  open: boolean;
}

/** The longest time between two arrivals; one that began before the window counts from there. */
function longestPause(times: readonly number[], { from, to }: WindowOptions): Gap {
  let before = from;
  let longest = 0;
  for (const time of times.filter((candidate) => candidate <= to)) {
    if (time > from) longest = Math.max(longest, time - before);
    before = time;
  }
  const open = to - before > lostMs;
  return { ms: Math.max(longest, open ? to - before : 0), open };
}

function longestSilence(heard: Measured['audio'][string] | undefined, { from, to }: WindowOptions): Gap {
  if (heard?.last === undefined) return { ms: to - from, open: true };
  const lengths = heard.silences
    .filter(([, end]) => end > from && end <= to)
    .map(([start, end]) => end - start);
  const open = to - heard.last > lostMs;
  return { ms: Math.max(0, ...lengths, open ? to - heard.last : 0), open };
}

/** Puts the samples of several windows together. */
export function mergeSamples(windows: readonly { samples: Samples }[]): Samples {
  const all = (kind: Kind): number[] => windows.flatMap(({ samples }) => samples[kind]);
  return { signalling: all('signalling'), video: all('video'), audio: all('audio') };
}

/** Milliseconds. */
export interface Distribution {
  p50: number;
  p95: number;
  max: number;
}

/** Nearest-rank percentiles; undefined without samples. */
export function distributionOf(samples: readonly number[]): Distribution | undefined {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return sorted.length === 0 ? undefined : { p50: rank(0.5), p95: rank(0.95), max: rank(1) };
}
