import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasApt, unpackPackages } from './debian-packages.ts';
import { findProgram } from './find-program.ts';
import { LaunchError } from './launch-error.ts';
import { binDir, cacheDir } from './paths.ts';

/** A server that the cluster uses as a program. */
export interface Program {
  /** Its name in `.evercall/bin`. */
  name: string;
  /** Names under which PATH may have it, best first. */
  commands: readonly string[];
  /** The Debian package it comes from, and the file of it. */
  debianPackage: string;
  file: string;
  /** What to do where it can't be fetched. */
  hint: string;
}

export const redisProgram: Program = {
  name: 'redis-server',
  commands: ['redis-server', 'valkey-server'],
  debianPackage: 'redis-server',
  file: 'usr/bin/redis-server',
  hint: 'install Redis (Debian, Ubuntu: apt-get install redis-server; Fedora: dnf install valkey; macOS: brew install redis) or set REDIS_URL',
};

export const haproxyProgram: Program = {
  name: 'haproxy',
  commands: ['haproxy'],
  debianPackage: 'haproxy',
  file: 'usr/sbin/haproxy',
  hint: 'install HAProxy (Debian, Ubuntu: apt-get install haproxy; Fedora: dnf install haproxy; macOS: brew install haproxy)',
};

/**
 * Path of a program: PATH's own, else the distribution's package unpacked into the user's cache, no root needed,
 * behind a wrapper in `.evercall/bin` that finds the package's libraries.
 *
 * @param onFetch - Called before something is downloaded.
 * @throws LaunchError `NOT_INSTALLABLE` with the hint.
 */
export async function ensureProgram(program: Program, onFetch: (what: string) => void): Promise<string> {
  const onPath = findProgram(program.commands, { ignore: [binDir] });
  if (onPath !== undefined) return onPath;
  if (!hasApt()) {
    throw new LaunchError('NOT_INSTALLABLE', `There is no ${program.name} here: ${program.hint}.`);
  }
  const unpacked = join(cacheDir(), 'programs', program.name);
  if (!existsSync(join(unpacked, program.file))) {
    onFetch(`${program.name} from the distribution's packages`);
    try {
      await unpackPackages({ packages: [program.debianPackage], into: unpacked });
    } catch (cause) {
      const reason = `${program.name} is not installed and its package couldn't be fetched`;
      throw new LaunchError('NOT_INSTALLABLE', `${reason}: ${program.hint}.`, { cause });
    }
  }
  return await writeWrapper(program, unpacked);
}

async function writeWrapper(program: Program, unpacked: string): Promise<string> {
  const folders = await libraryFolders(unpacked);
  const libraries = [...folders, ...(await privateFolders(folders))].join(':');
  const wrapper = join(binDir, program.name);
  await mkdir(binDir, { recursive: true });
  const script = [
    '#!/bin/sh',
    `libraries=${quoted(libraries)}`,
    'export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"',
    `exec ${quoted(join(unpacked, program.file))} "$@"`,
    '',
  ].join('\n');
  // Renamed into place, because a wrapper that is being executed must not change under the shell.
  await writeFile(`${wrapper}.${process.pid}`, script);
  await chmod(`${wrapper}.${process.pid}`, 0o755);
  await rename(`${wrapper}.${process.pid}`, wrapper);
  return wrapper;
}

/** Folders inside these that hold shared libraries: where installed, they would be found by paths that are built in. */
async function privateFolders(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const inner = join(folder, entry.name);
      if ((await readdir(inner)).some((file) => file.includes('.so'))) found.push(inner);
    }
  }
  return found;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The package folders that hold shared libraries: `usr/lib/<triplet>` and, in older layouts, `lib/<triplet>`. */
export async function libraryFolders(unpacked: string): Promise<string[]> {
  const folders: string[] = [];
  for (const lib of ['usr/lib', 'lib']) {
    const path = join(unpacked, lib);
    const entries = existsSync(path) ? await readdir(path) : [];
    folders.push(
      ...entries.filter((entry) => entry.endsWith('-linux-gnu')).map((entry) => join(path, entry)),
    );
  }
  return folders;
}
