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
 * Runs the tests of every package, each with a time limit of its own, so that one that hangs doesn't take the others
 * with it. A test file of which something failed is run once more, alone: what kills real processes on a small machine
 * can be late for once. What passes only then is named in the summary.
 */
export async function runPackageTests(options: PackageTestOptions): Promise<Outcome[]> {
  const folders = testedPackages();
  const outcomes = new Map<string, Outcome>();
  const waiting = folders.values();
  const testOneAfterTheOther = async (): Promise<void> => {
    for (const folder of waiting) outcomes.set(folder, await testPackage(folder, options));
  };
  // Tests of two packages at once would make each other late on a small machine: each already uses all cores.
  const concurrency = Math.max(1, Math.floor(availableParallelism() / 4));
  await Promise.all(Array.from({ length: concurrency }, testOneAfterTheOther));
  return folders.flatMap((folder) => outcomes.get(folder) ?? []);
}

async function testPackage(folder: string, options: PackageTestOptions): Promise<Outcome> {
  const first = await runTests(folder, options);
  const files = failedFiles(reportOf(folder));
  await keepReport(folder, join(options.resultsDir, `${folder.replaceAll('/', '-')}.json`));
  if (first.failed === 0) return first;
  // Without a report nobody knows which file it was: all of them, then.
  return afterSecondTry(first, await runTests(folder, options, files));
}

async function runTests(
  folder: string,
  { programs, chrome }: PackageTestOptions,
  files: readonly string[] = [],
): Promise<Outcome> {
  await rm(reportOf(folder), { force: true });
  const env = { MEDIASOUP_WORKER_BIN: programs.mediasoupWorker, CHROME_BIN: chrome };
  await runTask(['test', `--filter=./${folder}`], { args: [...reporters, ...files], env });
  return vitestOutcome(folder, reportOf(folder));
}

function reportOf(folder: string): string {
  return join(root, folder, reportFile);
}

async function keepReport(folder: string, copy: string): Promise<void> {
  // One that was never written is a failure already, and has nothing to keep.
  await copyFile(reportOf(folder), copy).catch(() => undefined);
}
