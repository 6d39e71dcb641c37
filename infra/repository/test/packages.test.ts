import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicPackages, workspacePackages } from '../src/public-packages.ts';
import { surfaceOf } from '../src/surface.ts';
import { root } from '../src/tracked-files.ts';

const packages = publicPackages();
const names = packages.map(({ name }) => name.replace(/^.*\//, ''));
const slow = 60_000;

it('publishes four packages and nothing else', () => {
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(['client', 'protocol', 'react', 'server-sdk']);
  expect(workspacePackages().length).toBeGreaterThan(10);
});

it('releases them together', () => {
  const { fixed } = z
    .object({ fixed: z.array(z.array(z.string())) })
    .parse(JSON.parse(readFileSync(join(root, '.changeset/config.json'), 'utf8')));
  expect(new Set(fixed.flat())).toEqual(new Set(packages.map(({ name }) => name)));
});

describe.each(packages)('$name', (one) => {
  it('is packed as every tool expects it', { timeout: slow }, async () => {
    const pkgDir = join(root, one.folder);
    const { messages } = await publint({ pkgDir, pack: 'pnpm', level: 'suggestion', strict: true });
    const manifest = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(readFileSync(join(pkgDir, 'package.json'), 'utf8')));
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it('exports what exports.api.md says; npm run x -- pnpm --filter @evercall/repository run surface, if that was meant', {
    timeout: slow,
  }, () => {
    expect(surfaceOf(one, { write: false })).toEqual({
      file: `${one.folder}/exports.api.md`,
      changed: false,
      errors: [],
    });
  });

  it('has a changelog', () => {
    expect(readFileSync(join(root, one.folder, 'CHANGELOG.md'), 'utf8')).toMatch(/^## \d+\.\d+\.\d+$/m);
  });
});
