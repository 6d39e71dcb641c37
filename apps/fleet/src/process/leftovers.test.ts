import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopLeftovers } from './leftovers.js';
import { readStartTime } from './process-identity.js';
import { readRecords, writeRecord } from './process-record.js';

let runDir: string;
beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'evercall-run-'));
});
afterEach(() => rmSync(runDir, { recursive: true, force: true }));

/** A process that somebody else launched, and how it ends. */
function startSleeper(script = 'setInterval(() => {}, 1000)') {
  const child = spawn(process.execPath, ['-e', `${script}; console.log('up')`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const up = new Promise<void>((resolve) => {
    child.stdout.once('data', () => resolve());
  });
  const signal = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, by) => resolve(by));
  });
  return { pid: child.pid!, up, signal, child };
}

function record(name: string, pid: number, startTime = readStartTime(pid) ?? '') {
  writeRecord(runDir, { name, pid, startTime, logFile: 'x.log', labels: { role: 'master' } });
}

describe('stopLeftovers', () => {
  it('ends a recorded process that still runs, and forgets it', async () => {
    const sleeper = startSleeper();
    await sleeper.up;
    record('master-1', sleeper.pid);
    const stopped = await stopLeftovers(runDir, { deadlineMs: 5000 });
    expect(stopped.map(({ name }) => name)).toEqual(['master-1']);
    await expect(sleeper.signal).resolves.toBe('SIGTERM');
    expect(readRecords(runDir)).toEqual([]);
  });

  it('kills one that ignores SIGTERM', async () => {
    const sleeper = startSleeper(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`);
    await sleeper.up;
    record('master-1', sleeper.pid);
    await stopLeftovers(runDir, { deadlineMs: 50 });
    await expect(sleeper.signal).resolves.toBe('SIGKILL');
  });

  it('leaves a process alone that merely has the recorded pid', async () => {
    const stranger = startSleeper();
    await stranger.up;
    record('master-1', stranger.pid, 'another boot/4711');
    expect(readRecords(runDir)).toMatchObject([{ name: 'master-1', alive: false }]);
    await expect(stopLeftovers(runDir, { deadlineMs: 50 })).resolves.toEqual([]);
    expect(readStartTime(stranger.pid)).toBeDefined();
    stranger.child.kill('SIGKILL');
  });

  it('ignores damaged records and a folder that is not there', async () => {
    writeFileSync(join(runDir, 'master-1.process.json'), '{"name":');
    expect(readRecords(runDir)).toEqual([]);
    await expect(stopLeftovers(join(runDir, 'none'), { deadlineMs: 50 })).resolves.toEqual([]);
  });
});
