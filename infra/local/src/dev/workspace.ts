import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { testedPackages } from '../testing/packages.ts';

const manifestSchema = z.object({
  name: z.string(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** A package or app of the workspace. */
export interface WorkspacePackage {
  name: string;
  /** Folder, relative to the root: `apps/master`. */
  folder: string;
  /** What `build` runs; undefined where nothing is built. */
  build: string | undefined;
  /** Names of the packages of the workspace that it uses when it runs. */
  uses: readonly string[];
}

/** Every package of the workspace with sources that are compiled. */
export function readWorkspace(root: string): WorkspacePackage[] {
  return testedPackages().map((folder) => {
    const manifest = manifestSchema.parse(
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    );
    const uses = Object.entries(manifest.dependencies).flatMap(([name, version]) =>
      version.startsWith('workspace:') ? [name] : [],
    );
    return { name: manifest.name, folder, build: manifest.scripts['build'], uses };
  });
}

/**
 * The changed packages and everything that uses them, in the order in which they have to be compiled: what is used comes
 * before what uses it.
 */
export function affectedBy(
  changed: ReadonlySet<string>,
  workspace: readonly WorkspacePackage[],
): WorkspacePackage[] {
  const byName = new Map(workspace.map((one) => [one.name, one]));
  const isAffected = ({ name, uses }: WorkspacePackage): boolean =>
    changed.has(name) ||
    uses.some((used) => {
      const one = byName.get(used);
      return one !== undefined && isAffected(one);
    });
  const affected = workspace.filter(isAffected);
  const depth = ({ uses }: WorkspacePackage): number =>
    1 + Math.max(0, ...uses.flatMap((used) => byName.get(used) ?? []).map(depth));
  return affected.toSorted((a, b) => depth(a) - depth(b));
}
