import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Progress } from './console/progress.ts';
import { buildWorkspace, getPrograms } from './prepare.ts';
import { parseSettings, type Settings } from './settings.ts';
import { LaunchError } from './system/launch-error.ts';
import { stateDir } from './system/paths.ts';
import type { StopRequest } from './system/stop-request.ts';
import { ensureBrowser } from './testing/browser.ts';
import { runPackageTests } from './testing/package-tests.ts';
import { runTask } from './testing/run-task.ts';
import { isSuccess, type Outcome, stepOutcome, summary } from './testing/tally.ts';

const resultsDir = join(stateDir, 'test-results');

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
  outcomes.push(...(await runPackageTests({ programs, chrome, resultsDir })));
  const { runBrowserTests } = await import('./testing/browser-tests.ts');
  outcomes.push(await runBrowserTests({ settings, programs, chrome, resultsDir, progress }));
}
