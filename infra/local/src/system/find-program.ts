import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a file can be executed by this user. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Whatever the reason is, it can't be run.
    return false;
  }
}

/** Full path of the first of these programs that PATH has (and of folders not in `ignore`), or undefined. */
export function findProgram(
  names: readonly string[],
  { ignore = [] }: { ignore?: string[] } = {},
): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !ignore.includes(folder));
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}
