import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { currentScope } from '../src/rename-scope.ts';
import { readText, root, trackedFiles } from '../src/tracked-files.ts';

// The copy is installed from the store and a page of it is built with everything below it.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

const to = '@acme-video';
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'evercall-renamed-'));
  for (const file of trackedFiles()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=Test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '--message=copy');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: copy, encoding: 'utf8' });
}

function inCopy(command: string, ...args: string[]): void {
  const env = { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: copy, env, encoding: 'utf8' });
  expect({
    command: [command, ...args].join(' '),
    status,
    output: status === 0 ? '' : stdout + stderr,
  }).toEqual({
    command: [command, ...args].join(' '),
    status: 0,
    output: '',
  });
}

it('leaves nothing of the old scope, keeps the lock file in step, and the page still builds and checks', () => {
  const from = currentScope();
  inCopy('node', 'infra/repository/src/rename.ts', to);
  expect(currentScope(copy)).toBe(to);
  const left = trackedFiles(copy).filter((file) => readText(join(copy, file))?.includes(`${from}/`));
  expect(left).toEqual([]);
  inCopy('pnpm', 'install', '--frozen-lockfile', '--prefer-offline');
  inCopy('biome', 'check', '--linter-enabled=false', '.');
  inCopy('turbo', 'run', 'build', 'typecheck', `--filter=${to}/tutorial-web`, '--output-logs=errors-only');
});
