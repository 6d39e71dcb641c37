import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../system/paths.ts';

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** Folders, relative to the root, of the workspace's packages that have tests. */
export function testedPackages(): string[] {
  const folders = ['apps', 'packages', 'infra'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return folders.filter((folder) => {
    const manifest = join(root, folder, 'package.json');
    if (!existsSync(manifest)) return false;
    return 'test' in manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8'))).scripts;
  });
}
