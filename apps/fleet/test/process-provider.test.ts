import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBuffer, eventually, spawnNode } from '@evercall/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ProcessExit,
  ProcessProvider,
  type ProcessSpec,
  readRecords,
  stopLeftovers,
} from '../src/process/index.js';
import { readStartTime } from '../src/process/process-identity.js';

let dir: string;
let provider: ProcessProvider;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'evercall-process-'));
  provider = new ProcessProvider({ runDir: join(dir, 'run'), logsDir: join(dir, 'logs') });
});
afterEach(async () => {
  await Promise.all(
    provider.list().map(({ name }) => provider.stop(name, { signal: 'SIGKILL', deadlineMs: 1000 })),
  );
  rmSync(dir, { recursive: true, force: true });
});

function spec(name: string, script: string): ProcessSpec {
  const entry = join(dir, `${name}.mjs`);
  writeFileSync(entry, script);
  const env = { ...process.env, NODE_NAME: name };
  return { name, command: process.execPath, args: [entry], cwd: dir, env, labels: { role: 'media' } };
}

const log = (name: string) => readFileSync(join(dir, 'logs', `${name}.log`), 'utf8');
const gone = (pid: number) => eventually(() => readStartTime(pid) === undefined);
const forever = `setInterval(() => {}, 1000); console.log('up');`;

describe('ProcessProvider', () => {
  it('launches a process that writes to its own log and is found by its record', async () => {
    const launched = await provider.launch(
      spec('media-1', `console.log('I am ' + process.env.NODE_NAME); ${forever}`),
    );
    await eventually(() => expect(log('media-1')).toContain('I am media-1'));
    expect(provider.list()).toEqual([launched]);
    expect(readRecords(join(dir, 'run'))).toMatchObject([
      { name: 'media-1', pid: launched.pid, alive: true, labels: { role: 'media' } },
    ]);
  });

  it('lets a process end in its own time, and its children with it', async () => {
    const script = `import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      process.on('SIGTERM', () => { console.log('bye'); process.exit(0); });
      console.log('child ' + child.pid); ${forever}`;
    await provider.launch(spec('media-1', script));
    await eventually(() => expect(log('media-1')).toContain('up'));
    const child = Number(/child (\d+)/.exec(log('media-1'))?.[1]);
    const exit = await provider.stop('media-1', { deadlineMs: 5000 });
    expect(exit).toMatchObject({ name: 'media-1', code: 0, expected: true });
    expect(log('media-1')).toContain('bye');
    await gone(child);
    expect(readRecords(join(dir, 'run'))).toEqual([]);
  });

  it('kills a process that does not end by the deadline', async () => {
    await provider.launch(spec('media-1', `process.on('SIGTERM', () => {}); ${forever}`));
    await eventually(() => expect(log('media-1')).toContain('up'));
    const exit = await provider.stop('media-1', { deadlineMs: 50 });
    expect(exit).toMatchObject({ signal: 'SIGKILL', expected: true });
  });

  it('tells of a process that exits by itself, and keeps its record', async () => {
    const exits = new EventBuffer<ProcessExit>();
    const unsubscribe = provider.onExit(exits.push);
    await provider.launch(spec('media-1', 'process.exit(7)'));
    await expect(exits.next()).resolves.toMatchObject({ name: 'media-1', code: 7, expected: false });
    expect(provider.list()).toEqual([]);
    expect(readRecords(join(dir, 'run'))).toMatchObject([{ name: 'media-1', alive: false }]);
    unsubscribe();
  });

  it('refuses a name that runs already and a program that is not there', async () => {
    await provider.launch(spec('media-1', forever));
    await expect(provider.launch(spec('media-1', forever))).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    const missing = { ...spec('media-2', ''), command: '/no/such/program' };
    await expect(provider.launch(missing)).rejects.toMatchObject({ code: 'NOT_STARTED' });
    await expect(provider.stop('media-2', { deadlineMs: 50 })).resolves.toBeUndefined();
  });

  it('takes its processes with it when it is killed, and a new launcher ends what is left', async () => {
    const stubborn = spec('media-1', `process.on('SIGTERM', () => console.log('told')); ${forever}`);
    const gentle = spec('media-2', forever);
    const entry = join(dir, 'launcher.mjs');
    const built = new URL('../dist/process/index.js', import.meta.url).href;
    const options = JSON.stringify({ runDir: join(dir, 'run'), logsDir: join(dir, 'logs') });
    writeFileSync(
      entry,
      `import { ProcessProvider } from '${built}';
       const provider = new ProcessProvider(${options});
       for (const spec of ${JSON.stringify([stubborn, gentle])}) await provider.launch(spec);
       setInterval(() => {}, 1000);`,
    );
    await using launcher = await spawnNode({ entry });
    await eventually(() => expect(log('media-1') + log('media-2')).toMatch(/up\nup\n/));
    const [first, second] = readRecords(join(dir, 'run'));
    process.kill(launcher.pid, 'SIGKILL');
    await gone(second!.pid);
    await eventually(() => expect(log('media-1')).toContain('told'));
    const stopped = await stopLeftovers(join(dir, 'run'), { deadlineMs: 50 });
    expect(stopped.map(({ name }) => name)).toEqual(['media-1']);
    await gone(first!.pid);
  });
});
