import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readStartTime } from './process-identity.js';
import { readRecords, writeRecord } from './process-record.js';

it('reads past records that are damaged, or removed in that moment', () => {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-records-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const { pid } = process;
  writeRecord(dir, { name: 'own', pid, startTime: readStartTime(pid) ?? '', logFile: '', labels: {} });
  writeFileSync(join(dir, 'damaged.process.json'), '{"name":');
  // Listed, but not there: as after its removal.
  symlinkSync(join(dir, 'nowhere'), join(dir, 'removed.process.json'));
  expect(readRecords(dir).map(({ name, alive }) => [name, alive])).toEqual([['own', true]]);
});
