import { root } from '../system/paths.ts';
import { run } from '../system/run.ts';

const TIMEOUT_MS = 15 * 60_000;

/** What a task is run with, beside its name. */
export interface TaskOptions {
  /** Given on to the packages' scripts. */
  args?: readonly string[];
  /** Added to the environment. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Runs a task in every package: from scratch, because a result out of the cache would be no test, and without the tasks
 * it depends on, because everything is built by then. Returns whether it succeeded in all.
 */
export async function runTask(
  task: readonly string[],
  { args = [], env = {} }: TaskOptions = {},
): Promise<boolean> {
  const flags = ['--force', '--only', '--continue=always', '--log-order=grouped', '--log-prefix=none'];
  // Nothing is taken from the cache, and a test that installs needs to know of proxies and of whom to trust.
  flags.push('--env-mode=loose');
  const { code } = await run('turbo', ['run', ...task, ...flags, '--', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => console.log(line),
  });
  return code === 0;
}
