import { type Kind, kinds } from './measure.ts';
import type { FaultReport } from './report.ts';

/** Goals that are smaller than what a browser on a busy machine shows without any fault; milliseconds. */
const fineGoals: readonly { what: string; kind: Kind; goal: number }[] = [
  { what: 'video when a master is killed (no gap beyond normal frame jitter)', kind: 'video', goal: 34 },
  { what: 'video of a planned move (p95)', kind: 'video', goal: 200 },
  { what: 'audio of a planned move (p95)', kind: 'audio', goal: 60 },
  { what: 'signalling after a master was killed (p50)', kind: 'signalling', goal: 150 },
];

/** Says what the instrument shows without a fault, and which goals it can't resolve by that. */
export function resolution(reports: readonly FaultReport[]): string[] {
  const noise = (kind: Kind): number => Math.max(0, ...reports.map(({ noise }) => noise[kind]?.p95 ?? 0));
  const own = kinds.map((kind) => `${kind} ${noise(kind)} ms`).join(', ');
  const unresolved = fineGoals.filter(({ kind, goal }) => noise(kind) >= goal);
  return [
    `Without a fault the instrument shows (p95): ${own}.`,
    ...unresolved.map(({ what, goal }) => `It can't resolve: ${what}, goal ${goal} ms.`),
  ];
}
