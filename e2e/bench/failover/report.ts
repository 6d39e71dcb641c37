import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import {
  type Distribution,
  distributionOf,
  type Kind,
  kinds,
  mergeSamples,
  type Samples,
} from './measure.ts';
import { type FaultRun, type Quality, worstOf } from './run-fault.ts';
import type { TimeLine } from './time-line.ts';

type Distributions = Partial<Record<Kind, Distribution>>;

/** What all runs of a fault came to; milliseconds. */
export interface FaultReport extends Distributions {
  /** Tracks and signalling that did not come back in any run. */
  tracksLost: number;
  lost: string[];
  runs: number;
  /** Load of the machine over the last minute, when the last run was over. */
  loadAverage: number;
  /** The same measurements while nothing happened. */
  noise: Distributions;
  /** Of the run with the median of the worst interruptions. */
  timeLine: TimeLine;
  quality?: { before: QualityReport; after: QualityReport };
}

interface QualityReport {
  /** Median over all received pictures. */
  bitsPerSecond: number;
  /** The smallest. */
  width: number;
  height: number;
}

export interface FailoverReport {
  machine: { cores: number; model: string; memoryGiB: number; chromium: string };
  /** Runs of each fault that were asked for. */
  runs: number;
  faults: Record<string, FaultReport>;
}

export function describeMachine(chromium: string): FailoverReport['machine'] {
  return {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    chromium,
  };
}

export function reportFault(runs: readonly FaultRun[]): FaultReport {
  const lost = runs.flatMap((run) => run.lost);
  const byWorst = runs.toSorted((a, b) => worstOf(a) - worstOf(b));
  const quality = runs.flatMap((run) => run.quality ?? []);
  return {
    ...distributionsOf(mergeSamples(runs)),
    tracksLost: lost.length,
    lost,
    runs: runs.length,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    noise: distributionsOf(mergeSamples(runs.map(({ noise: samples }) => ({ samples })))),
    timeLine: byWorst[Math.floor(byWorst.length / 2)]?.timeLine ?? [],
    ...(quality.length === 0
      ? {}
      : {
          quality: {
            before: summarise(quality.flatMap(({ before }) => before)),
            after: summarise(quality.flatMap(({ after }) => after)),
          },
        }),
  };
}

/** A line for each fault: p50 / p95 / max. */
export function tableOf(faults: Readonly<Record<string, FaultReport>>): string {
  const head = ['fault', 'runs', ...kinds, 'lost', 'load'];
  const rows = Object.entries(faults).map(([name, report]) => [
    name,
    `${report.runs}`,
    ...kinds.map((kind) => cell(report[kind])),
    `${report.tracksLost}`,
    `${report.loadAverage}`,
  ]);
  const noises = Object.values(faults).map(({ noise }) => noise);
  const quiet = ['(quiet, worst of all)', '', ...kinds.map((kind) => cell(worst(noises, kind))), '', ''];
  return [head, ...rows, quiet].map((row) => line(row, [head, ...rows, quiet])).join('\n');
}

export function printTimeLine(name: string, { timeLine }: FaultReport): string {
  const lines = timeLine.map(
    ({ ms, who, what }) => `  ${String(ms).padStart(6)} ms  ${who.padEnd(10)} ${what}`,
  );
  return [`${name}, one run:`, ...lines].join('\n');
}

function distributionsOf(samples: Samples): Distributions {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const distribution = distributionOf(samples[kind]);
      return distribution ? [[kind, distribution]] : [];
    }),
  );
}

function worst(all: readonly Distributions[], kind: Kind): Distribution | undefined {
  const own = all.flatMap((distributions) => distributions[kind] ?? []);
  if (own.length === 0) return undefined;
  const most = (of: keyof Distribution): number => Math.max(...own.map((distribution) => distribution[of]));
  return { p50: most('p50'), p95: most('p95'), max: most('max') };
}

function summarise(all: readonly Quality[]): QualityReport {
  return {
    bitsPerSecond: distributionOf(all.map(({ bitsPerSecond }) => bitsPerSecond))?.p50 ?? 0,
    width: Math.min(...all.map(({ width }) => width)),
    height: Math.min(...all.map(({ height }) => height)),
  };
}

function cell(distribution: Distribution | undefined): string {
  return distribution ? `${distribution.p50} / ${distribution.p95} / ${distribution.max}` : '-';
}

function line(row: readonly string[], table: readonly string[][]): string {
  return row
    .map((text, index) => text.padEnd(Math.max(...table.map((other) => other[index]?.length ?? 0))))
    .join('  ');
}
