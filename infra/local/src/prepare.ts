import { resolveWorker } from '../../mediasoup-worker/resolve.ts';
import type { Progress } from './console/progress.ts';
import { LaunchError } from './system/launch-error.ts';
import { mediasoupDir, root } from './system/paths.ts';
import { ensureProgram, haproxyProgram, redisProgram } from './system/program.ts';
import { run } from './system/run.ts';

/** The programs that a cluster runs on, besides its own. */
export interface Programs {
  redis: string;
  haproxy: string;
  mediasoupWorker: string;
}

const BUILD_TIMEOUT_MS = 10 * 60_000;

/**
 * Builds the workspace; what is built already is skipped.
 *
 * @throws LaunchError `BUILD_FAILED` with what the failing package's compiler said.
 */
export async function buildWorkspace(progress: Progress): Promise<void> {
  await progress.step('building the workspace', async () => {
    const args = ['run', 'build', '--output-logs=errors-only', '--log-order=grouped'];
    const { code, tail } = await run('turbo', args, { cwd: root, timeoutMs: BUILD_TIMEOUT_MS });
    if (code !== 0) throw new LaunchError('BUILD_FAILED', `The workspace doesn't build:\n${tail.trim()}`);
  });
}

/**
 * Gets Redis, HAProxy and the mediasoup worker, from this machine where it has them.
 *
 * @throws LaunchError with what to do.
 */
export async function getPrograms(progress: Progress): Promise<Programs> {
  return {
    redis: await getProgram(progress, redisProgram),
    haproxy: await getProgram(progress, haproxyProgram),
    mediasoupWorker: await getMediasoupWorker(progress),
  };
}

async function getProgram(progress: Progress, program: Parameters<typeof ensureProgram>[0]): Promise<string> {
  return await progress.step(`getting ${program.name}`, ({ detail }) =>
    ensureProgram(program, (what) => detail(`getting ${what}`)),
  );
}

async function getMediasoupWorker(progress: Progress): Promise<string> {
  return await progress.step('getting the media worker', async ({ detail, count }) => {
    const { path } = await resolveWorker({
      mediasoupDir: mediasoupDir(),
      env: process.env,
      progress: { step: detail, compiled: count },
    });
    return path;
  });
}
