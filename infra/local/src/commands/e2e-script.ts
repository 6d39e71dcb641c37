import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Progress } from '../console/progress.ts';
import { buildWorkspace, getPrograms } from '../prepare.ts';
import { parseSettings } from '../settings.ts';
import { root } from '../system/paths.ts';
import type { StopRequest } from '../system/stop-request.ts';
import { ensureBrowser } from '../testing/browser.ts';

/** Arguments of a script of `e2e/`, and what it is called for people. */
export interface E2eScript {
  /** Path below `e2e/`. */
  file: string;
  args: readonly string[];
}

/**
 * Runs a script of `e2e/` that starts a cluster of its own, with everything that it needs: the built workspace, Redis,
 * HAProxy, the media worker and a browser. Returns its exit code.
 *
 * @throws LaunchError when something of that can't be had.
 */
export async function runE2eScript({ file, args }: E2eScript, stop: StopRequest): Promise<number> {
  const progress = new Progress(process.stderr);
  const settings = parseSettings(process.env);
  await stop.unless(buildWorkspace(progress));
  const programs = await stop.unless(getPrograms(progress));
  const chrome = await stop.unless(
    progress.step('getting a browser', ({ detail }) => ensureBrowser(settings.CHROME_BIN, detail)),
  );
  const env = { ...process.env, ...programEnv(programs), CHROME_BIN: chrome };
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, join(root, 'e2e', file), ...args], {
    env,
    stdio: 'inherit',
  });
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
  try {
    return await stop.unless(exited);
  } finally {
    // Its cluster ends with it.
    child.kill('SIGTERM');
    await exited;
  }
}

/** How `e2e/` finds the programs of the clusters that it starts itself. */
export function programEnv(programs: {
  redis: string;
  haproxy: string;
  mediasoupWorker: string;
}): NodeJS.ProcessEnv {
  return {
    REDIS_SERVER_BIN: programs.redis,
    HAPROXY_BIN: programs.haproxy,
    MEDIASOUP_WORKER_BIN: programs.mediasoupWorker,
  };
}
