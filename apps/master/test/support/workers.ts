import { execFileSync } from 'node:child_process';

/** Process ids of a media node's mediasoup workers. */
export function workersOf({ pid }: { pid: number }): number[] {
  const text = execFileSync('pgrep', ['-P', String(pid), 'mediasoup'])
    .toString()
    .trim();
  return text.split('\n').map(Number);
}

/** Whether a process is there, be it stopped. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
