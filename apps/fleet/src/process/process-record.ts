import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readStartTime } from './process-identity.js';

const processRecordSchema = z.object({
  name: z.string(),
  pid: z.number().int().positive(),
  /** From `readStartTime`: a pid alone may by now belong to somebody else. */
  startTime: z.string(),
  logFile: z.string(),
  labels: z.record(z.string(), z.string()),
  stopSignal: z.enum(['SIGTERM', 'SIGINT']).default('SIGTERM'),
});

/** What is stored about a process, so that it is found again when the one who launched it is gone. */
export type ProcessRecord = z.infer<typeof processRecordSchema>;

/** A record, and whether that very process still runs. */
export interface RecordedProcess extends ProcessRecord {
  alive: boolean;
}

/** Stores the record of a process that was just started. */
export function writeRecord(runDir: string, record: z.input<typeof processRecordSchema>): void {
  mkdirSync(runDir, { recursive: true });
  const file = recordFile(runDir, record.name);
  writeFileSync(`${file}.new`, `${JSON.stringify(record)}\n`);
  renameSync(`${file}.new`, file);
}

export function removeRecord(runDir: string, name: string): void {
  rmSync(recordFile(runDir, name), { force: true });
}

/**
 * The processes that were launched with this run folder and not stopped, by name. One that died by itself is listed
 * as not alive until the next `stopLeftovers`.
 */
export function readRecords(runDir: string): RecordedProcess[] {
  return recordFiles(runDir)
    .map((file) => processRecordSchema.safeParse(parseJson(readIfThere(join(runDir, file)))))
    .flatMap(({ data }) => (data === undefined ? [] : [{ ...data, alive: isAlive(data) }]))
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Whether the recorded process, and not a later one with its pid, still runs. */
export function isAlive({ pid, startTime }: Pick<ProcessRecord, 'pid' | 'startTime'>): boolean {
  return readStartTime(pid) === startTime;
}

function recordFiles(runDir: string): string[] {
  try {
    return readdirSync(runDir).filter((file) => file.endsWith('.process.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function recordFile(runDir: string, name: string): string {
  return join(runDir, `${name}.process.json`);
}

/** A record that is removed while the folder is read is read as none. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A damaged record names no process; the schema refuses undefined.
    return undefined;
  }
}
