const suffix = '.log';
const collator = new Intl.Collator('en', { numeric: true });

/** The names of the processes that have a log file, in the order in which people count: `media-2` before `media-10`. */
export function logNames(files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith(suffix) && file !== suffix)
    .map((file) => file.slice(0, -suffix.length))
    .toSorted((a, b) => collator.compare(a, b));
}

/** Name of the file that the process provider writes for a process. */
export function logFileOf(name: string): string {
  return `${name}${suffix}`;
}

/** What to say of a name that has no log. */
export function noSuchLog(name: string, names: readonly string[]): string {
  if (names.length === 0) return `There is no log of ${name}, nor of anything else yet: npm start.`;
  return `There is no log of ${name}. There are logs of ${names.join(', ')}.`;
}
