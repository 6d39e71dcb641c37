import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './system/paths.ts';

/** The process provider's code; undefined where the workspace was never built, so that nothing can run either. */
export async function loadFleet(): Promise<typeof import('@evercall/fleet/process') | undefined> {
  if (!existsSync(join(root, 'apps/fleet/dist/process/index.js'))) return undefined;
  return await import('@evercall/fleet/process');
}
