import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../local/src/system/find-program.ts';
import { LaunchError } from '../local/src/system/launch-error.ts';
import { run } from '../local/src/system/run.ts';

/** A build of the worker. */
export interface BuildWorkerOptions {
  recipeDir: string;
  mediasoupDir: string;
  /** Folder of unpacked -dev packages; undefined when they are installed. */
  sysroot: string | undefined;
  /** Folder for everything that the build writes. */
  work: string;
  onProgress: (done: number, total: number) => void;
}

const TIMEOUT_MS = 45 * 60_000;

/**
 * Runs build.sh and returns the path of the binary, inside `work`.
 *
 * @throws LaunchError `WORKER_UNUSABLE` with the compiler's last words.
 */
export async function buildWorker(options: BuildWorkerOptions): Promise<string> {
  const { recipeDir, mediasoupDir, sysroot, work, onProgress } = options;
  await mkdir(work, { recursive: true });
  const env = { ...process.env, ...(sysroot === undefined ? {} : { SYSROOT: sysroot }) };
  const script = [join(recipeDir, 'build.sh'), mediasoupDir, work];
  // Where util-linux can do that, the kernel ends the build when this process is killed.
  const setpriv = findProgram(['setpriv']);
  const [command = '', ...args] =
    setpriv === undefined ? script : [setpriv, '--pdeathsig', 'TERM', '--', ...script];
  const { code, tail } = await run(command, args, {
    env,
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => {
      const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? [];
      if (total !== undefined) onProgress(Number(done), Number(total));
    },
  });
  if (code === 0) return join(work, 'mediasoup-worker');
  const end = tail.split('\n').slice(-25).join('\n');
  throw new LaunchError(
    'WORKER_UNUSABLE',
    `The media worker couldn't be compiled; set MEDIASOUP_WORKER_BIN to one that was made elsewhere.\n${end}`,
  );
}
