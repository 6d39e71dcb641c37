import { readFileSync } from 'node:fs';
import { childrenFromPs, startTimeFromPs } from './process-table.js';

const hasProc = process.platform === 'linux';

/**
 * What tells a process from a later one with the same pid: when it started: in clock ticks since this boot, or as `ps` says.
 * Undefined when there is no such process, or only its zombie.
 */
export function readStartTime(pid: number): string | undefined {
  if (!hasProc) return startTimeFromPs(pid);
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    if (state === 'Z' || state === 'X') return undefined;
    return `${bootId()}/${fields[19] ?? ''}`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** Signals a whole process group. Returns false when nothing of it is left. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/** The children of a process, oldest first, each with its command line. */
export function childrenOf(pid: number): { pid: number; command: string }[] {
  if (!hasProc) return childrenFromPs(pid);
  const text = readProc(`${pid}/task/${pid}/children`);
  const pids = text.split(' ').filter(Boolean).map(Number);
  return pids
    .toSorted((a, b) => a - b)
    .map((child) => ({ pid: child, command: readProc(`${child}/cmdline`) }));
}

/** Empty when there is no such process any more. */
function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}
