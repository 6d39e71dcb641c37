import { join } from 'node:path';
import type { Progress } from '../../local/src/console/progress.ts';
import { findProgram } from '../../local/src/system/find-program.ts';
import { LaunchError } from '../../local/src/system/launch-error.ts';
import { mediasoupDir } from '../../local/src/system/paths.ts';
import { mustRun, run } from '../../local/src/system/run.ts';
import { resolveWorker } from '../../mediasoup-worker/resolve.ts';
import type { Engine } from './engine.ts';

const MINUTE_MS = 60_000;
const folder = join(import.meta.dirname, 'base-images');
const probed = 'node:24-bookworm-slim';

/** Settings of compose.yaml that name the stand-ins. */
const standIns = {
  NODE_IMAGE: 'evercall-stand-in/node:24-bookworm-slim',
  REDIS_IMAGE: 'evercall-stand-in/redis:7-bookworm',
  HAPROXY_IMAGE: 'evercall-stand-in/haproxy:bookworm',
  NGINX_IMAGE: 'evercall-stand-in/nginx:bookworm',
  POSTGRES_IMAGE: 'evercall-stand-in/postgres:bookworm',
  WORKER_IMAGE: 'evercall-stand-in/worker:latest',
};

/**
 * What the images are made from: the official ones, or, where no registry can be reached, stand-ins of this machine's making,
 * with the media worker of this machine.
 *
 * @returns Settings of compose.yaml.
 * @throws LaunchError `NOT_INSTALLABLE` where there is neither.
 */
export async function baseImages(engine: Engine, progress: Progress): Promise<Record<string, string>> {
  const { env } = engine;
  const has = await run('docker', ['image', 'inspect', probed], { env, timeoutMs: MINUTE_MS });
  if (has.code === 0) return {};
  const pull = await run('docker', ['pull', '-q', probed], { env, timeoutMs: 5 * MINUTE_MS });
  if (pull.code === 0) return {};
  if (process.getuid?.() !== 0 || findProgram(['debootstrap']) === undefined) {
    throw new LaunchError(
      'NOT_INSTALLABLE',
      `${probed} can't be pulled, and making images that stand in for the official ones needs root and debootstrap:\n` +
        pull.tail.trim(),
    );
  }
  await progress.step('no image registry can be reached: making stand-ins', async () => {
    await mustRun(join(folder, 'make.sh'), [], { env, timeoutMs: 15 * MINUTE_MS });
  });
  await progress.step('getting the media worker', async ({ detail, count }) => {
    const { path } = await resolveWorker({
      mediasoupDir: mediasoupDir(),
      env: process.env,
      progress: { step: detail, compiled: count },
    });
    await mustRun(join(folder, 'make-worker.sh'), [path], { env, timeoutMs: MINUTE_MS });
  });
  return standIns;
}
