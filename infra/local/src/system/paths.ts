import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Everything of this checkout that is local state. */
export const stateDir = join(root, '.evercall');
export const binDir = join(stateDir, 'bin');
export const runDir = join(stateDir, 'run');
export const logsDir = join(stateDir, 'logs');

/** Folder of the npm package mediasoup, as it is installed for the media node. */
export function mediasoupDir(): string {
  return realpathSync(join(root, 'apps/media/node_modules/mediasoup'));
}

/**
 * What is worth keeping across checkouts: unpacked programs and the media worker. In the user's cache, or in the
 * checkout's own state where the user has no home that can be written.
 */
export function cacheDir(): string {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const wanted = join(base, 'evercall');
  try {
    mkdirSync(wanted, { recursive: true });
    accessSync(wanted, constants.W_OK);
    return wanted;
  } catch {
    // No home, or not ours: the reason doesn't matter, the checkout can be written.
    const own = join(stateDir, 'cache');
    mkdirSync(own, { recursive: true });
    return own;
  }
}
