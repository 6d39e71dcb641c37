import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root } from './system/paths.ts';

const manifest = z.object({ version: z.string() });

it('the editor is pointed at the compiler of this workspace', () => {
  const settings = readFileSync(join(root, '.vscode/settings.json'), 'utf8');
  const [, tsdk = ''] = /"js\/ts\.tsdk\.path": "([^"]+)"/.exec(settings) ?? [];
  const read = (folder: string) =>
    manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))).version;
  expect(read(tsdk)).toBe(read('node_modules/typescript'));
  // The extension looks for the compiler itself beside the package.
  const platform = `typescript-${process.platform}-${process.arch}`;
  expect(existsSync(join(root, tsdk, '../@typescript', platform, 'lib/tsc'))).toBe(true);
});

it('the Node of .nvmrc is one that the toolchain accepts', () => {
  const nvmrc = readFileSync(join(root, '.nvmrc'), 'utf8').trim();
  const { node } = z
    .object({ node: z.object({ accepted: z.array(z.string()) }) })
    .parse(JSON.parse(readFileSync(join(root, 'infra/local/toolchain.json'), 'utf8')));
  expect(node.accepted.map((version) => version.split('.')[0])).toContain(nvmrc);
});
