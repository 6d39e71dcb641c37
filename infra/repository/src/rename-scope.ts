import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText, root, trackedFiles } from './tracked-files.ts';

/** Why a name can't be the scope; undefined if it can. */
export function scopeProblem(scope: string): string | undefined {
  if (/^@[a-z0-9][a-z0-9._-]{0,100}$/.test(scope)) return undefined;
  return `"${scope}" is no npm scope: it begins with @ and has small letters, digits, and - . _ inside, as @acme`;
}

/** The scope of a checkout's packages: that of the package this file belongs to. */
export function currentScope(checkout: string = root): string {
  const manifest = readFileSync(join(checkout, 'infra/repository/package.json'), 'utf8');
  const [, scope] = /"name": "(@[^/"]+)\//.exec(manifest) ?? [];
  if (scope === undefined) throw new Error('infra/repository/package.json has no name with a scope');
  return scope;
}

/** Text with one scope in place of another. A longer name that only begins like the old one is another scope. */
export function withScope(text: string, { from, to }: { from: string; to: string }): string {
  return text.replaceAll(new RegExp(`${from.replaceAll('.', '\\.')}(?![a-z0-9._-]*[a-z0-9])`, 'g'), to);
}

/**
 * Puts another scope in place of the present one, in every text file that git tracks.
 *
 * @param change with `dryRun` nothing is written
 * @returns the files that change, relative to the checkout
 */
export function renameScope(change: { to: string; checkout?: string; dryRun?: boolean }): string[] {
  const { to, checkout = root, dryRun = false } = change;
  const from = currentScope(checkout);
  return trackedFiles(checkout).filter((file) => {
    const path = join(checkout, file);
    const text = readText(path);
    if (text === undefined) return false;
    const renamed = withScope(text, { from, to });
    if (renamed === text) return false;
    if (!dryRun) writeFileSync(path, renamed);
    return true;
  });
}
