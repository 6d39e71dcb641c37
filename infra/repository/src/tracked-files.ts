import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Files of a checkout that git tracks or would take in: what a commit of everything has. Relative paths, sorted.
 *
 * @throws Error when the folder is no checkout.
 */
export function trackedFiles(checkout: string = root): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const output = execFileSync('git', args, { cwd: checkout, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(output.split('\0'))]
    .filter((file) => file !== '' && existsSync(join(checkout, file)))
    .filter((file) => lstatSync(join(checkout, file)).isFile())
    .toSorted();
}

/** The text of a file, or undefined if it is not text. */
export function readText(file: string): string | undefined {
  const content = readFileSync(file);
  return content.includes(0) ? undefined : content.toString('utf8');
}
