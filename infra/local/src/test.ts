import { copyFile, mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Progress } from './console/progress.ts';
import { buildWorkspace, getPrograms, type Programs } from './prepare.ts';
import { parseSettings, type Settings } from './settings.ts';
import { LaunchError } from './system/launch-error.ts';
import { root, stateDir } from './system/paths.ts';
import { run } from './system/run.ts';
import type { StopRequest } from './system/stop-request.ts';
import { ensureBrowser } from './testing/browser.ts';
import { testedPackages } from './testing/packages.ts';
import { vitestOutcome } from './testing/reports.ts';
import { isSuccess, type Outcome, stepOutcome, summary } from './testing/tally.ts';

const MINUTE_MS = 60_000;
const resultsDir = join(stateDir, 'test-results');
const packageReport = 'test-results/vitest.json';

/**
 * Everything that CI runs. Prints what each part came to and, last, `N passed, N failed`.
 *
 * @returns The exit code: 0 when nothing failed and something was tested.
 * @throws LaunchError when something to test with can't be had.
 */
export async function test(stop: StopRequest): Promise<number> {
  const progress = new Progress(process.stderr);
  const settings = parseSettings(process.env);
  await rm(resultsDir, { recursive: true, force: true });
  await mkdir(resultsDir, { recursive: true });
  const outcomes: Outcome[] = [];
  try {
    await stop.unless(runAll({ settings, progress, outcomes }));
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    progress.say(error.message);
    outcomes.push(stepOutcome(error.code === 'BUILD_FAILED' ? 'build' : 'preparation', false));
  }
  console.log(summary(outcomes).join('\n'));
  return isSuccess(outcomes) ? 0 : 1;
}

interface TestRun {
  settings: Settings;
  progress: Progress;
  /** Grows as the run goes on. */
  outcomes: Outcome[];
}

async function runAll({ settings, progress, outcomes }: TestRun): Promise<void> {
  await buildWorkspace(progress);
  outcomes.push(stepOutcome('build', true));
  const programs = await getPrograms(progress);
  const chrome = await progress.step('getting a browser', ({ detail }) =>
    ensureBrowser(settings.CHROME_BIN, detail),
  );
  for (const task of ['lint', 'typecheck']) {
    const succeeded = await progress.step(task, () => runTask([task]));
    outcomes.push(stepOutcome(task, succeeded));
  }
  outcomes.push(...(await runPackageTests({ programs, chrome })));
  const { runBrowserTests } = await import('./testing/browser-tests.ts');
  outcomes.push(await runBrowserTests({ settings, programs, chrome, resultsDir, progress }));
}

async function runPackageTests(env: { programs: Programs; chrome: string }): Promise<Outcome[]> {
  const packages = testedPackages();
  const reports = packages.map((folder) => join(root, folder, packageReport));
  await Promise.all(reports.map((report) => rm(report, { force: true })));
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${packageReport}`];
  // Tests of two packages at once would make each other late on a small machine: each already uses all cores.
  const concurrency = Math.max(1, Math.floor(availableParallelism() / 4));
  await runTask(['test', `--concurrency=${concurrency}`], {
    args: reporters,
    env: { MEDIASOUP_WORKER_BIN: env.programs.mediasoupWorker, CHROME_BIN: env.chrome },
  });
  const outcomes = packages.map((folder, index) => vitestOutcome(folder, reports[index] ?? ''));
  await Promise.allSettled(
    packages.map((folder, index) =>
      copyFile(reports[index] ?? '', join(resultsDir, `${folder.replaceAll('/', '-')}.json`)),
    ),
  );
  return outcomes;
}

/**
 * Runs a task in every package: from scratch, because a result out of the cache would be no test, and without the tasks
 * it depends on, because everything is built by then.
 */
async function runTask(
  task: readonly string[],
  { args = [], env = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<boolean> {
  const flags = ['--force', '--only', '--continue=always', '--log-order=grouped', '--log-prefix=none'];
  const { code } = await run('turbo', ['run', ...task, ...flags, '--', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    timeoutMs: 15 * MINUTE_MS,
    onLine: (line) => console.log(line),
  });
  return code === 0;
}
