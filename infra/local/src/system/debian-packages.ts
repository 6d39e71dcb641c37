import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { mustRun } from './run.ts';

/** Packages to unpack into a folder of our own. */
export interface UnpackOptions {
  /** Names, as for `apt-get install`. What they need and this machine lacks comes with them. */
  packages: readonly string[];
  /** Folder that will hold the unpacked `usr/…`; it appears complete or not at all. */
  into: string;
}

const MINUTE_MS = 60_000;

/** Whether this is a Debian or Ubuntu machine, whose packages {@link unpackPackages} can unpack. */
export function hasApt(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb');
}

/**
 * Downloads packages of this machine's own distribution, checked by apt as always, and unpacks them without
 * installing: needs no root and changes nothing outside `into`. apt keeps its state in a folder that is removed
 * afterwards, so neither its lists nor its locks are touched.
 *
 * @throws LaunchError `COMMAND_FAILED` when a package is unknown or the mirror can't be reached.
 */
export async function unpackPackages({ packages, into }: UnpackOptions): Promise<void> {
  await mkdir(dirname(into), { recursive: true });
  const work = await mkdtemp(`${into}.new-`);
  try {
    const unpacked = join(work, 'root');
    const debs = join(work, 'debs');
    const folders = ['root', 'debs', 'state/lists/partial', 'cache/archives/partial'];
    for (const folder of folders) await mkdir(join(work, folder), { recursive: true });
    const apt = privateApt(work);
    await apt(['update', '-qq']);
    const names = await downloadNames(apt, packages);
    await apt(['download', '-qq', ...names], debs);
    for (const file of await readdir(debs)) {
      await mustRun('dpkg-deb', ['-x', join(debs, file), unpacked], { timeoutMs: MINUTE_MS });
    }
    await rm(into, { recursive: true, force: true });
    await rename(unpacked, into);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

type Apt = (args: string[], cwd?: string) => Promise<string>;

function privateApt(work: string): Apt {
  const options = {
    'Dir::State': join(work, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(work, 'cache'),
    'Debug::NoLocking': '1',
    // The whole folder belongs to this user; apt's own unprivileged user couldn't write it.
    'APT::Sandbox::User': '',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return async (args, cwd = work) => {
    const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
    return (await mustRun('apt-get', [...args, ...flags], { cwd, env, timeoutMs: 5 * MINUTE_MS })).stdout;
  };
}

/** `name=version` of the packages and of what they need and this machine lacks. */
async function downloadNames(apt: Apt, packages: readonly string[]): Promise<string[]> {
  const plan = await apt([
    'install',
    '-qq',
    '--print-uris',
    '--reinstall',
    '--no-install-recommends',
    ...packages,
  ]);
  // One line each: 'http://…' redis-server_5%3a7.0.15-1_amd64.deb 123 SHA256:…
  const files = [...plan.matchAll(/^'[^']+' ([^_\s]+)_([^_\s]+)_\S+\.deb /gm)];
  const names = files.map(([, name, version]) => `${name}=${decodeURIComponent(version ?? '')}`);
  if (names.length === 0) {
    throw new LaunchError('COMMAND_FAILED', `apt-get offers no download for ${packages.join(', ')}`);
  }
  return names;
}
