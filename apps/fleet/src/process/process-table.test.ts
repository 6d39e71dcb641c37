import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { childrenFromPs, startTimeFromPs } from './process-table.js';

it('tells one process from another by when it started, and knows when it is gone', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const pid = child.pid!;
  const startTime = startTimeFromPs(pid);
  expect(startTime).toMatch(/\d\d:\d\d:\d\d/);
  expect(startTimeFromPs(pid)).toBe(startTime);
  expect(childrenFromPs(process.pid)).toContainEqual({ pid, command: 'sleep 60' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(startTimeFromPs(pid)).toBeUndefined();
  expect(childrenFromPs(process.pid).map((row) => row.pid)).not.toContain(pid);
});
