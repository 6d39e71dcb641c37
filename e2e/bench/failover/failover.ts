import { writeFileSync } from 'node:fs';
import { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { type Fault, faults } from './faults.ts';
import { resolution } from './goals.ts';
import { kinds } from './measure.ts';
import { describeMachine, type FailoverReport, printTimeLine, reportFault, tableOf } from './report.ts';
import { type FaultRun, runFault } from './run-fault.ts';
import { Stage } from './stage.ts';

/** What is measured and where it goes. */
export interface FailoverOptions {
  runs: number;
  /** Names of faults; all of them if empty. */
  only: readonly string[];
  /** File for the JSON. */
  json: string | undefined;
  chrome: string;
  /** Folder for the cluster's data and logs. */
  dir: string;
  say: (text: string) => void;
}

/**
 * Measures every fault on one cluster, which is mended between the runs. Judges nothing.
 *
 * @throws Error when something can't be measured: a fault of that name doesn't exist, or the cluster doesn't come up
 */
export async function failover(options: FailoverOptions): Promise<void> {
  const chosen = choose(options.only);
  await using cluster = await FaultyCluster.start({ dir: options.dir });
  const report: FailoverReport = { machine: describeMachine(''), runs: options.runs, faults: {} };
  for (const fault of chosen) {
    // A new browser for each: what one fault leaves behind in a page is no part of the next.
    await using stage = await Stage.open(cluster, {
      chrome: options.chrome,
      relayed: fault.relayed ?? false,
    });
    report.machine = describeMachine(stage.browserVersion);
    const runs = await measureFault(fault, { stage, cluster, options });
    report.faults[fault.name] = reportFault(runs);
    // After each fault, so that a long measurement that is interrupted isn't lost.
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  options.say('');
  for (const [name, fault] of Object.entries(report.faults)) options.say(`${printTimeLine(name, fault)}\n`);
  options.say(`${tableOf(report.faults)}\n`);
  options.say(resolution(Object.values(report.faults)).join('\n'));
}

async function measureFault(
  fault: Fault,
  { stage, cluster, options }: { stage: Stage; cluster: FaultyCluster; options: FailoverOptions },
): Promise<FaultRun[]> {
  const runs: FaultRun[] = [];
  let intact = false;
  for (let run = 1; run <= options.runs; run += 1) {
    if (!intact || fault.hostedBy) await stage.newRoom(fault.hostedBy);
    const result = await runFault(fault, stage, cluster);
    runs.push(result);
    options.say(`${fault.name} ${run}/${options.runs} ${lineOf(result)}`);
    await cluster.heal();
    intact = result.lost.length === 0;
  }
  return runs;
}

function lineOf({ samples, noise, victim, lost }: FaultRun): string {
  const numbers = kinds.map(
    (kind) => `${kind} ${Math.max(0, ...samples[kind])} (quiet ${Math.max(0, ...noise[kind])})`,
  );
  const missing = lost.length > 0 ? `, lost: ${lost.join(', ')}` : '';
  return `(${victim}): ${numbers.join(', ')} ms${missing}`;
}

function choose(only: readonly string[]): readonly Fault[] {
  if (only.length === 0) return faults;
  return only.map((name) => {
    const fault = faults.find((candidate) => candidate.name === name);
    if (fault) return fault;
    throw new Error(`There is no fault ${name}; there are ${faults.map((known) => known.name).join(', ')}.`);
  });
}
