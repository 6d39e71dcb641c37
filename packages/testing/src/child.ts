import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

// A test process that ends in whatever way it still can notice takes its servers with it.
process.once('exit', () => {
  for (const child of running) killGroup(child, 'SIGKILL');
});

/** Remembers a child until it exits, so that it never outlives the test process. */
export function own(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

export function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Signals the child's whole process group (it must have been spawned `detached`). No error when it is gone. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || hasExited(child)) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Sends `signal`, and SIGKILL when the child is still there after `deadlineMs`; resolves when it has exited. */
export async function stopChild(
  child: ChildProcess,
  { signal = 'SIGTERM', deadlineMs = 5000 }: { signal?: NodeJS.Signals; deadlineMs?: number } = {},
): Promise<void> {
  if (child.pid === undefined || hasExited(child)) return;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), deadlineMs);
  killGroup(child, signal);
  // A stopped process acts on no other signal until it runs again.
  killGroup(child, 'SIGCONT');
  await exited;
  clearTimeout(timer);
}
