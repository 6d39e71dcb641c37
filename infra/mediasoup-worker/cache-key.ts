import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../local/src/system/run.ts';
import { libraryPackages } from './build-tools.ts';

const KEY_CHARS = 20;

/** Names the worker that mediasoup offers for download. */
export async function downloadedKey(mediasoupDir: string): Promise<string> {
  return hash(['downloaded', process.arch, await mediasoupVersion(mediasoupDir)]);
}

/** Names the worker that is built with this recipe on the libraries that are installed now. */
export async function builtKey(mediasoupDir: string, recipeDir: string): Promise<string> {
  const version = await mediasoupVersion(mediasoupDir);
  return hash(['built', process.arch, version, await recipe(recipeDir), await libraryVersions()]);
}

async function mediasoupVersion(mediasoupDir: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(mediasoupDir, 'package.json'), 'utf8'));
  return JSON.stringify((manifest as { version?: unknown }).version);
}

/** The text of every file that has an influence on the binary. */
async function recipe(recipeDir: string): Promise<string> {
  const entries = await readdir(recipeDir, { recursive: true });
  const files = entries
    .filter((file) => /^(CMakeLists\.txt|build\.sh|lower-camel-fields\.mjs|shims\/.*\.h)$/.test(file))
    .sort();
  const texts = await Promise.all(files.map((file) => readFile(join(recipeDir, file), 'utf8')));
  return files.map((file, index) => `${file}\n${texts[index] ?? ''}`).join('\n');
}

/** Empty where the libraries aren't installed as packages: a private copy stays the one it was built with. */
async function libraryVersions(): Promise<string> {
  const format = '${Package} ${Version} ${Status}\n';
  const query = await run('dpkg-query', ['-W', '-f', format, ...libraryPackages], { timeoutMs: 10_000 });
  return query.stdout
    .split('\n')
    .filter((line) => line.endsWith(' installed'))
    .sort()
    .join('\n');
}

function hash(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, KEY_CHARS);
}
