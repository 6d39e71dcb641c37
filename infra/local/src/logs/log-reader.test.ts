import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LogReader } from './log-reader.ts';

function logFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-logs-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return join(dir, 'master-1.log');
}

async function read(reader: LogReader): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of reader.lines()) lines.push(line);
  return lines;
}

it('reads what came since the last time, and a line only once it is whole', async () => {
  const path = logFile();
  const reader = new LogReader(path);
  expect(await read(reader)).toEqual([]);
  writeFileSync(path, 'one\ntw');
  expect(await read(reader)).toEqual(['one']);
  appendFileSync(path, 'o\nthree\n');
  expect(await read(reader)).toEqual(['two', 'three']);
  expect(await read(reader)).toEqual([]);
});

it('goes on with the next start, also when its log is longer already', async () => {
  const path = logFile();
  const reader = new LogReader(path);
  writeFileSync(path, '{"pid":1}\nhalf a li');
  expect(await read(reader)).toEqual(['{"pid":1}']);
  writeFileSync(path, '{"pid":2,"msg":"started"}\n{"pid":2,"msg":"ready"}\n');
  expect(await read(reader)).toEqual(['half a li', '{"pid":2,"msg":"started"}', '{"pid":2,"msg":"ready"}']);
});

it('sees the next start while its log is still empty', async () => {
  const path = logFile();
  const reader = new LogReader(path);
  writeFileSync(path, 'old\n');
  expect(await read(reader)).toEqual(['old']);
  writeFileSync(path, '');
  expect(await read(reader)).toEqual([]);
  writeFileSync(path, 'new\n');
  expect(await read(reader)).toEqual(['new']);
});

it('keeps letters whole that lie across two reads', async () => {
  const path = logFile();
  const line = 'é'.repeat(100_000);
  writeFileSync(path, `x${line}\n`);
  expect(await read(new LogReader(path))).toEqual([`x${line}`]);
});

it('hands over a last line without an end when asked to', async () => {
  const path = logFile();
  const reader = new LogReader(path);
  writeFileSync(path, 'one\nlast words');
  expect(await read(reader)).toEqual(['one']);
  expect([...reader.end()]).toEqual(['last words']);
  expect([...reader.end()]).toEqual([]);
});
