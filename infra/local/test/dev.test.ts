import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePort } from '@evercall/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Compiler } from '../src/dev/compiler.ts';
import { DevLoop } from '../src/dev/dev-loop.ts';
import { SourceWatch } from '../src/dev/source-watch.ts';
import type { WorkspacePackage } from '../src/dev/workspace.ts';

const build = 'tsc -p tsconfig.build.json';
const workspace: WorkspacePackage[] = [
  { name: 'words', folder: 'packages/words', build, uses: [] },
  { name: 'greeter', folder: 'apps/greeter', build, uses: ['words'] },
];
const patient = { timeoutMs: 30_000, everyMs: 50 };

let root: string;
let port: number;
let server: ChildProcess | undefined;
let watch: SourceWatch;
let said: string[];

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Writes a package that is compiled like those of this workspace. */
function addPackage(folder: string, name: string, sources: Record<string, string>): void {
  write(`${folder}/package.json`, JSON.stringify({ name, type: 'module', exports: './dist/index.js' }));
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    types: [],
    outDir: 'dist',
    rootDir: 'src',
    declaration: true,
  };
  write(
    `${folder}/tsconfig.build.json`,
    JSON.stringify({ compilerOptions, include: ['src'], exclude: ['src/**/*.test.ts'] }),
  );
  for (const [file, text] of Object.entries(sources)) write(`${folder}/src/${file}`, text);
}

async function startServer(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'apps/greeter/dist/main.js')], {
    env: { ...process.env, PORT: `${port}` },
    stdio: 'ignore',
  });
  server = child;
  await eventually(greeting, patient);
}

async function stopServer(): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

async function greeting(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) });
  return await response.text();
}

const greets = (text: string) => eventually(async () => expect(await greeting()).toBe(text), patient);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'evercall-dev-'));
  port = await freePort();
  said = [];
  addPackage('packages/words', 'words', { 'index.ts': "export const hello: string = 'hello';\n" });
  addPackage('apps/greeter', 'greeter', {
    'main.ts': `import { hello } from 'words';
// @ts-expect-error -- compiled without the types of Node
import { createServer } from 'node:http';
declare const process: { env: Record<string, string> };
createServer((_: unknown, response: { end(text: string): void }) => response.end(hello)).listen(process.env['PORT'], '127.0.0.1');
`,
  });
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(root, 'packages/words'), join(root, 'node_modules/words'));
  const compiler = new Compiler({ root, dir: join(root, 'memory') });
  const loop = new DevLoop({
    workspace,
    compiler,
    say: (text) => said.push(text),
    restart: async () => {
      await stopServer();
      await startServer();
    },
  });
  await loop.warmUp();
  watch = new SourceWatch({ root, workspace, onChange: (names) => void loop.changed(names) });
  await watch.ready();
  await startServer();
}, 60_000);
afterEach(async () => {
  await watch.close();
  await stopServer();
  rmSync(root, { recursive: true, force: true });
});

it('has a change of what an app uses served, and leaves what runs alone while there is a mistake', async () => {
  await greets('hello');
  write('packages/words/src/index.ts', "export const hello: string = 'good morning';\n");
  await greets('good morning');
  const { pid } = server!;
  write('packages/words/src/index.ts', 'export const hello: string = 5;\n');
  await eventually(() => expect(said.join('\n')).toContain('TS2322'), patient);
  expect(said.at(-1)).toContain("packages/words doesn't compile; what runs stays as it was");
  expect(await greeting()).toBe('good morning');
  expect(server?.pid).toBe(pid);
  write('packages/words/src/index.test.ts', 'not a source');
  write('packages/words/src/index.ts', "export const hello: string = 'good evening';\n");
  await greets('good evening');
}, 60_000);
