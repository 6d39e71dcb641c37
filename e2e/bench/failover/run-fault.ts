import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import type { Measured, TrackState } from '../instrument/participant.ts';
import type { Fault, Strike } from './faults.ts';
import { kinds, measureWindow, type Samples, type Window } from './measure.ts';
import type { Stage } from './stage.ts';
import { type TimeLine, timeLineOf } from './time-line.ts';

/** What one run of a fault came to. */
export interface FaultRun extends Window {
  victim: string;
  /** The same measurement just before, while nothing happened. */
  noise: Samples;
  timeLine: TimeLine;
  /** Of planned moves: bitrate and resolution of every received picture, before and 5 s after. */
  quality: { before: Quality[]; after: Quality[] } | undefined;
}

/** What is received of a picture. */
export interface Quality {
  name: string;
  bitsPerSecond: number;
  width: number;
  height: number;
}

/** As long as the window of a killed node, because a longest gap grows with the time that is looked at. */
const quietMs = 4000;
/** Until then everything has to be back. */
const deadlineMs = 20_000;
const pollMs = 500;
const qualityAfterMs = 5000;
const qualityMs = 1000;

/** Watches a quiet time, lets the fault strike, and watches until everything is back or the deadline has passed. */
export async function runFault(fault: Fault, stage: Stage, cluster: FaultyCluster): Promise<FaultRun> {
  const { people } = stage;
  const names = people.map(({ name }) => name);
  const served = await Promise.all(people.map(async (person) => person.servedBy()));
  const before = fault.planned ? await qualityOf(stage) : undefined;
  const noise = await watch(stage, names, quietMs);
  const mark = cluster.logs.mark();
  await stage.forget();
  const from = Date.now();
  const strike = await fault.strike({ cluster, people, served });
  const struck = Date.now();
  let over: number | undefined;
  const [after] = await Promise.all([
    before && sleep(qualityAfterMs).then(async () => qualityOf(stage)),
    sleep(fault.windowMs),
    strike.after?.then(() => {
      over = Date.now();
    }),
  ]);
  const { window, measured } = await untilBack({ stage, names, from, strike });
  const timeLine = timeLineOf({ from, struck, over, lines: cluster.logs.since(mark), measured });
  const quality = before && after ? { before, after } : undefined;
  return { ...window, victim: strike.victim, noise: noise.samples, timeLine, quality };
}

async function watch(stage: Stage, names: readonly string[], ms: number): Promise<Window> {
  await stage.forget();
  const from = Date.now();
  await sleep(ms);
  const measured = await stage.collect();
  return measureWindow(measured, { from, to: Date.now(), names, signalling: names });
}

async function untilBack(options: {
  stage: Stage;
  names: readonly string[];
  from: number;
  strike: Strike;
}): Promise<{ window: Window; measured: ReadonlyMap<string, Measured> }> {
  const { stage, names, from, strike } = options;
  const until = Date.now() + deadlineMs;
  for (;;) {
    const measured = await stage.collect();
    const window = measureWindow(measured, { from, to: Date.now(), names, signalling: strike.signalling });
    if (window.lost.length === 0 || Date.now() > until) return { window, measured };
    await sleep(pollMs);
  }
}

async function qualityOf(stage: Stage): Promise<Quality[]> {
  const read = async (): Promise<TrackState[]> => {
    const states = stage.people.map(async (person) => {
      const tracks = await person.tracks();
      return tracks
        .filter(({ width }) => width > 0)
        .map((track) => ({ ...track, name: `${person.name} from ${track.name}` }));
    });
    return (await Promise.all(states)).flat();
  };
  const first = await read();
  await sleep(qualityMs);
  const second = await read();
  return second.map(({ name, bytes, width, height }) => {
    const earlier = first.find((track) => track.name === name)?.bytes ?? 0;
    return { name, bitsPerSecond: Math.round(((bytes - earlier) * 8000) / qualityMs), width, height };
  });
}

/** The run's longest interruption, by which runs are compared. */
export function worstOf({ samples }: FaultRun): number {
  return Math.max(0, ...kinds.flatMap((kind) => samples[kind]));
}
