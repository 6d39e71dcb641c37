import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { listLogs, showLog } from '../src/commands/logs.ts';

function logsDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-logs-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

it('hands the lines on as they are where nobody looks at a terminal', async () => {
  const dir = logsDir();
  const line = '{"level":30,"time":1,"msg":"listening"}';
  writeFileSync(join(dir, 'master-1.log'), `${line}\nno JSON`);
  const output = new PassThrough();
  await showLog('master-1', { dir, follow: false, output });
  output.end();
  expect(await text(output)).toBe(`${line}\nno JSON\n`);
});

it('makes them readable on a terminal, and leaves alone what is no JSON', async () => {
  const dir = logsDir();
  writeFileSync(join(dir, 'master-1.log'), '{"level":30,"time":1,"msg":"listening"}\nReady to accept\n');
  const output = Object.assign(new PassThrough(), { isTTY: true });
  await showLog('master-1', { dir, follow: false, output });
  output.end();
  const [first, second] = (await text(output)).split('\n');
  expect(first).toContain('listening');
  expect(first).toContain('INFO');
  expect(first).not.toContain('{');
  expect(second).toBe('Ready to accept');
});

it('follows a process into its next start, until nobody reads any more', async () => {
  const dir = logsDir();
  const path = join(dir, 'master-1.log');
  writeFileSync(path, 'first start\n');
  const lines: string[] = [];
  const steps = [
    () => appendFileSync(path, 'still the first\n'),
    () => writeFileSync(path, 'second start, with a longer line than before\n'),
  ];
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  await showLog('master-1', {
    dir,
    follow: true,
    output: {
      on: () => undefined,
      write: (line, done) => {
        lines.push(line.trimEnd());
        const next = steps.shift();
        next?.();
        done(next === undefined ? gone : null);
      },
    },
  });
  expect(lines).toEqual(['first start', 'still the first', 'second start, with a longer line than before']);
});

it('says which logs there are when there is none of that name', async () => {
  const dir = logsDir();
  writeFileSync(join(dir, 'redis.log'), '');
  const show = showLog('../secret', { dir, follow: false, output: new PassThrough() });
  await expect(show).rejects.toThrow('There is no log of ../secret. There are logs of redis.');
  expect(await listLogs(join(dir, 'missing'))).toEqual([]);
});
