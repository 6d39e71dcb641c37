import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isExecutable } from '../local/src/system/find-program.ts';
import { LaunchError } from '../local/src/system/launch-error.ts';
import { lockMachineWide } from '../local/src/system/machine-lock.ts';
import { cacheDir } from '../local/src/system/paths.ts';
import { run } from '../local/src/system/run.ts';
import { buildWorker } from './build.ts';
import { ensureBuildTools } from './build-tools.ts';
import { builtKey, downloadedKey } from './cache-key.ts';
import { downloadWorker } from './download.ts';

/** What happens while a worker is being made; builds take minutes. */
export interface WorkerProgress {
  /** A sentence about the step that begins. */
  step: (text: string) => void;
  /** Files compiled so far. */
  compiled: (done: number, total: number) => void;
}

/** A worker binary, and where it came from. */
export interface ResolvedWorker {
  path: string;
  origin: 'given' | 'cached' | 'downloaded' | 'built';
}

/** What {@link resolveWorker} needs to know. */
export interface ResolveWorkerOptions {
  /** Folder of the npm package mediasoup. */
  mediasoupDir: string;
  env: NodeJS.ProcessEnv;
  progress: WorkerProgress;
}

const CHECK_TIMEOUT_MS = 30_000;
const recipeDir = import.meta.dirname;

/**
 * The mediasoup worker to use, in this order: the one that `MEDIASOUP_WORKER_BIN` names, one made before, mediasoup's
 * own prebuilt download, a build from the sources in the npm package. A new one is used and cached only after it has
 * begun a DTLS handshake.
 *
 * @throws LaunchError `WORKER_UNUSABLE` or `NOT_INSTALLABLE`, with what to do.
 */
export async function resolveWorker(options: ResolveWorkerOptions): Promise<ResolvedWorker> {
  const { mediasoupDir, env } = options;
  const given = env['MEDIASOUP_WORKER_BIN'];
  if (given) {
    if (isExecutable(given)) return { path: given, origin: 'given' };
    throw new LaunchError(
      'WORKER_UNUSABLE',
      `MEDIASOUP_WORKER_BIN is ${given}, which is not an executable file: correct it or leave it out.`,
    );
  }
  const cached = await findCachedWorker(mediasoupDir);
  if (cached !== undefined) return { path: cached, origin: 'cached' };
  const unlock = await lockMachineWide('mediasoup-worker', () => {
    options.progress.step('another process on this machine is getting the media worker: waiting for it');
  });
  try {
    const meanwhile = await findCachedWorker(mediasoupDir);
    if (meanwhile !== undefined) return { path: meanwhile, origin: 'cached' };
    return await make(options);
  } finally {
    await unlock();
  }
}

async function make({ mediasoupDir, progress }: ResolveWorkerOptions): Promise<ResolvedWorker> {
  progress.step("looking for mediasoup's prebuilt media worker");
  const downloaded = await downloadWorker(mediasoupDir);
  if (downloaded !== undefined && (await failure(downloaded, mediasoupDir)) === undefined) {
    const path = await store(downloaded, await downloadedKey(mediasoupDir));
    return { path, origin: 'downloaded' };
  }
  const sysroot = await ensureBuildTools(progress);
  // The versions of the libraries are part of a worker's key: now that they are here one may be found that was built before.
  const before = await findCachedWorker(mediasoupDir);
  if (before !== undefined) return { path: before, origin: 'cached' };
  progress.step('compiling the media worker (only once, 2 to 7 minutes)');
  const work = join(workersDir(), 'build');
  try {
    // Left behind by a build that was killed; nobody else builds while this process holds the lock.
    await rm(work, { recursive: true, force: true });
    const built = await buildWorker({
      recipeDir,
      mediasoupDir,
      sysroot,
      work,
      onProgress: progress.compiled,
    });
    const reason = await failure(built, mediasoupDir);
    if (reason !== undefined) {
      throw new LaunchError('WORKER_UNUSABLE', `The media worker was compiled but doesn't work: ${reason}`);
    }
    const path = await store(built, await builtKey(mediasoupDir, recipeDir));
    return { path, origin: 'built' };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The worker that was made here before for this version of mediasoup and these libraries, if there is one. */
export async function findCachedWorker(mediasoupDir: string): Promise<string | undefined> {
  const keys = [await builtKey(mediasoupDir, recipeDir), await downloadedKey(mediasoupDir)];
  return keys.map(cachedFile).find(isExecutable);
}

async function store(file: string, key: string): Promise<string> {
  const cached = cachedFile(key);
  await mkdir(dirname(cached), { recursive: true });
  // Copied beside it first, because a rename works only within one file system.
  await copyFile(file, `${cached}.${process.pid}`);
  await rename(`${cached}.${process.pid}`, cached);
  return cached;
}

function cachedFile(key: string): string {
  return join(workersDir(), key, 'mediasoup-worker');
}

function workersDir(): string {
  return join(cacheDir(), 'mediasoup-worker');
}

/** Why this worker can't be used; undefined when it can. */
async function failure(worker: string, mediasoupDir: string): Promise<string | undefined> {
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: worker };
  const args = [join(recipeDir, 'check.mjs'), mediasoupDir];
  const { code, tail } = await run(process.execPath, args, { env, timeoutMs: CHECK_TIMEOUT_MS });
  return code === 0 ? undefined : tail.trim() || 'the check was killed';
}
