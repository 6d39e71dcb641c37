import { existsSync } from 'node:fs';
import { lstat, readdir, readlink, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { hasApt, unpackPackages } from '../local/src/system/debian-packages.ts';
import { findProgram } from '../local/src/system/find-program.ts';
import { LaunchError } from '../local/src/system/launch-error.ts';
import { cacheDir } from '../local/src/system/paths.ts';
import { libraryFolders } from '../local/src/system/program.ts';
import { run } from '../local/src/system/run.ts';

/** Debian packages whose libraries become part of the worker. */
export const libraryPackages = [
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
];
const toolPackages = ['flatbuffers-compiler', 'cmake', 'ninja-build', 'pkg-config'];
const compilerPackages = ['g++', 'libc6-dev', 'binutils'];
/** All Debian packages that the worker is compiled with. */
export const buildPackages = [...compilerPackages, ...toolPackages, ...libraryPackages];
const APT_TIMEOUT_MS = 10 * 60_000;

/**
 * Sees to it that the worker can be compiled. Root gets the missing packages installed; anybody else gets them
 * unpacked into the cache, except for the compiler itself.
 *
 * @returns The folder of the unpacked packages; undefined when all are installed.
 * @throws LaunchError `NOT_INSTALLABLE` with the command to run.
 */
export async function ensureBuildTools({
  step,
}: {
  step: (text: string) => void;
}): Promise<string | undefined> {
  const missing = await missingPackages();
  if (missing.length === 0) return undefined;
  if (!hasApt()) throw cantCompile();
  if (process.getuid?.() === 0) {
    step(`installing what the media worker is compiled with: ${missing.join(' ')}`);
    await install(missing);
    return undefined;
  }
  if (missing.some((name) => compilerPackages.includes(name)) || !findProgram(['g++'])) throw cantCompile();
  const sysroot = join(cacheDir(), 'mediasoup-worker/sysroot');
  step('unpacking the libraries that the media worker is compiled with');
  // Unpacked even where some are installed: the compiler is to look in one place only.
  const packages = [...libraryPackages, ...missing.filter((name) => toolPackages.includes(name))];
  try {
    await unpackPackages({ packages, into: sysroot });
  } catch (cause) {
    throw cantCompile(cause);
  }
  await completeLinks(sysroot);
  return sysroot;
}

async function missingPackages(): Promise<string[]> {
  const format = '${Package} ${Status}\n';
  const query = await run('dpkg-query', ['-W', '-f', format, ...buildPackages], { timeoutMs: 10_000 });
  const installed = query.stdout.split('\n').filter((line) => line.endsWith(' ok installed'));
  const names = new Set(installed.map((line) => line.split(' ')[0]));
  // In newer distributions pkg-config is a package that only points to pkgconf.
  return buildPackages.filter((name) => !names.has(name) && !(name === 'pkg-config' && findProgram([name])));
}

async function install(packages: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const options = { env, timeoutMs: APT_TIMEOUT_MS };
  // Lists that can't be renewed may still be good enough.
  await run('apt-get', ['update', '-qq'], options);
  const { code, tail } = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    options,
  );
  if (code !== 0) throw cantCompile(new Error(tail.trim()));
}

/**
 * A -dev package links libx.so to libx.so.1 beside it, which is in another package; where that one is installed it
 * wasn't unpacked, and the link has to lead there.
 */
async function completeLinks(sysroot: string): Promise<void> {
  for (const folder of await libraryFolders(sysroot)) {
    for (const entry of await readdir(folder)) {
      const link = join(folder, entry);
      if (!(await lstat(link)).isSymbolicLink() || existsSync(link)) continue;
      const target = basename(await readlink(link));
      const installed = join('/', folder.slice(sysroot.length), target);
      const missing = existsSync(installed) && !existsSync(join(folder, target));
      if (missing) await symlink(installed, join(folder, target));
    }
  }
}

function cantCompile(cause?: unknown): LaunchError {
  return new LaunchError(
    'NOT_INSTALLABLE',
    'The media worker must be compiled on this machine and something for it is missing. Run\n' +
      `  sudo apt-get install -y ${buildPackages.join(' ')}\n` +
      'once (on another distribution: its packages of the same), or set MEDIASOUP_WORKER_BIN to a mediasoup-worker.',
    { cause },
  );
}
