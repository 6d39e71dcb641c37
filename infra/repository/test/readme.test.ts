import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { commandsOf } from '../src/documented-commands.ts';
import { readMarkdown } from '../src/markdown.ts';
import { root, trackedFiles } from '../src/tracked-files.ts';

// A checkout is set up from nothing, and every node of a cluster is exchanged.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

/** What isn't run here, and why. */
const notRun: Record<string, string> = {
  'npm test': 'this test is part of it',
};

/** Milliseconds that a command which ends by itself may take. */
const longestCommandMs = 180_000;

let copy: string;
let env: NodeJS.ProcessEnv;
let running: ChildProcess | undefined;

beforeAll(async () => {
  copy = mkdtempSync(join(tmpdir(), 'evercall-readme-'));
  for (const file of trackedFiles()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
    LOAD_BALANCER_PORT: `${await freePort()}`,
    TUTORIAL_PORT: `${await freePort()}`,
    FLEET_PORT: `${await freePort()}`,
    // What this checkout has compiled needs no second time.
    TURBO_CACHE_DIR: join(root, '.turbo/cache'),
  };
  // Stores that were given are somebody's.
  for (const name of ['REDIS_URL', 'DATABASE_URL', 'PUBLIC_URL']) delete env[name];
});

afterAll(async () => {
  await interrupt();
  await type('npm run stop');
  rmSync(copy, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts a command that goes on, and waits until it says where the page is. */
async function startInForeground(command: string): Promise<void> {
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd: copy, env, detached: true, stdio: 'pipe' });
  running = child;
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(`http://localhost:${env['TUTORIAL_PORT']}`)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`${command} ended:\n${output}`)));
  });
}

/** As Ctrl-C does: the whole group gets it. */
async function interrupt(): Promise<void> {
  const child = running;
  running = undefined;
  if (child?.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGINT');
  await once(child, 'exit');
}

async function follow(command: string): Promise<void> {
  const starts = /^npm start\b/.test(command);
  if (starts) await interrupt();
  if (starts && !command.includes('--detach')) return startInForeground(command);
  await type(command);
}

/** Runs a command to its end. @throws Error with its output when it fails, or hangs */
async function type(command: string): Promise<void> {
  const child = spawn('sh', ['-c', command], { cwd: copy, env, detached: true, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), longestCommandMs);
  const [code, signal] = await once(child, 'exit');
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${command} ended with ${code ?? signal}:\n${output}`);
}

function commandsIn(page: string): string[] {
  return readMarkdown(readFileSync(join(root, page), 'utf8'))
    .code.filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => commandsOf(text));
}

it('what the README and the tutorial tell to type works, in their order, from a fresh checkout', async () => {
  const done = new Set<string>();
  for (const page of ['README.md', 'apps/tutorial-web/README.md']) {
    for (const command of commandsIn(page)) {
      // A cluster is needed each time; the rest is the same the second time.
      const again = done.has(command) && !/^npm start\b/.test(command);
      if (again || command in notRun) continue;
      await follow(command);
      done.add(command);
    }
  }
  expect([...done]).toEqual(
    expect.arrayContaining(['npm start', 'npm run status', 'npm run roll', 'npm run stop']),
  );
});
