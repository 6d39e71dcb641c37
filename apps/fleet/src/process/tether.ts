import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ProcessError } from './process-error.js';
import type { ProcessSpec } from './process-spec.js';

/**
 * The command that starts a process so that the kernel sends it a signal when its launcher ends, where util-linux offers
 * that.
 *
 * @throws ProcessError `NOT_STARTED` when there is no such program.
 */
export function tethered(spec: ProcessSpec): { command: string; args: readonly string[] } {
  const { name, command, args, onLauncherEnd = 'SIGTERM' } = spec;
  const program = findOnPath(command);
  if (program === undefined) {
    throw new ProcessError('NOT_STARTED', `${name} can't be started: no ${command} here`);
  }
  const setpriv = findOnPath('setpriv');
  if (setpriv === undefined || onLauncherEnd === null) return { command: program, args };
  return { command: setpriv, args: ['--pdeathsig', onLauncherEnd.slice(3), '--', program, ...args] };
}

function findOnPath(command: string): string | undefined {
  if (command.includes('/')) return existsSync(command) ? command : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
}
