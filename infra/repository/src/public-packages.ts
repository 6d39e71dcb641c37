import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './tracked-files.ts';

const manifestSchema = z.object({ name: z.string(), private: z.boolean().default(false) });

/** A package of the workspace. */
export interface WorkspacePackage {
  name: string;
  /** Folder, relative to the checkout. */
  folder: string;
  private: boolean;
}

/** Folders that hold packages, beside those that are packages themselves. */
const parents = ['apps', 'packages', 'infra'];

/** Every package of the workspace. */
export function workspacePackages(): WorkspacePackage[] {
  const folders = parents.flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return ['.', 'e2e', ...folders]
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const manifest = manifestSchema.parse(
        JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
      );
      return { ...manifest, folder };
    });
}

/** Those that others install. */
export function publicPackages(): WorkspacePackage[] {
  return workspacePackages().filter((one) => !one.private);
}
