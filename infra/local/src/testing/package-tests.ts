import { copyFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Programs } from '../prepare.ts';
import { root } from '../system/paths.ts';
import { testedPackages } from './packages.ts';
import { afterSecondTry, failedFiles, vitestOutcome } from './reports.ts';
import { runTask } from './run-task.ts';
import type { Outcome } from './tally.ts';

/** What the tests of the packages are run with. */
export interface PackageTestOptions {
  programs: Programs;
  /** Path of the browser. */
  chrome: string;
  /** Folder for copies of the reports. */
  resultsDir: string;
}

const reportFile = 'test-results/vitest.json';
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];

/**
 * Runs the tests of every package. A test file of which something failed is run once more, alone: what kills real
 * processes on a small machine can be late for once. What passes only then is named in the summary.
 */
export async function runPackageTests(options: PackageTestOptions): Promise<Outcome[]> {
  const folders = testedPackages();
  const env = { MEDIASOUP_WORKER_BIN: options.programs.mediasoupWorker, CHROME_BIN: options.chrome };
  await Promise.all(folders.map((folder) => rm(reportOf(folder), { force: true })));
  // Tests of two packages at once would make each other late on a small machine: each already uses all cores.
  const concurrency = Math.max(1, Math.floor(availableParallelism() / 4));
  await runTask(['test', `--concurrency=${concurrency}`], { args: reporters, env });
  const outcomes: Outcome[] = [];
  for (const folder of folders) {
    const first = vitestOutcome(folder, reportOf(folder));
    const files = failedFiles(reportOf(folder));
    await keepReport(folder, join(options.resultsDir, `${folder.replaceAll('/', '-')}.json`));
    if (files.length === 0) {
      outcomes.push(first);
      continue;
    }
    await runTask(['test', `--filter=./${folder}`], { args: [...reporters, ...files], env });
    outcomes.push(afterSecondTry(first, vitestOutcome(folder, reportOf(folder))));
  }
  return outcomes;
}

function reportOf(folder: string): string {
  return join(root, folder, reportFile);
}

async function keepReport(folder: string, copy: string): Promise<void> {
  // One that was never written is a failure already, and has nothing to keep.
  await copyFile(reportOf(folder), copy).catch(() => undefined);
}
