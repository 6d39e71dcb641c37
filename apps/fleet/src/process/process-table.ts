import { spawnSync } from 'node:child_process';

/** Milliseconds; `ps` answers in a few. */
const TIMEOUT_MS = 2000;

/**
 * What `/proc` tells on Linux, asked from `ps`, where there is no `/proc` (macOS).
 *
 * @returns When the process started, to the second. Undefined when there is no such process, or only its zombie.
 */
export function startTimeFromPs(pid: number): string | undefined {
  const [state, ...started] = ps(['-o', 'stat=,lstart=', '-p', `${pid}`])
    .trim()
    .split(/\s+/);
  if (state === undefined || state === '' || state.startsWith('Z')) return undefined;
  return started.join(' ');
}

/** The children of a process, oldest first, each with its command line. */
export function childrenFromPs(parent: number): { pid: number; command: string }[] {
  const rows = ps(['-A', '-o', 'pid=,ppid=,command=']).split('\n');
  return rows
    .flatMap((row) => {
      const [, pid, ppid, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return Number(ppid) === parent ? [{ pid: Number(pid), command: command ?? '' }] : [];
    })
    .toSorted((a, b) => a.pid - b.pid);
}

function ps(args: readonly string[]): string {
  // In English and UTC, so that two questions about one process have one answer.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return spawnSync('ps', args, { encoding: 'utf8', env, timeout: TIMEOUT_MS }).stdout ?? '';
}
