import { readStartTime } from './process-identity.js';
import { removeRecord, writeRecord } from './process-record.js';

/**
 * Stores a record of the calling process, as if it had been launched: others then find it with `readRecords`, and
 * `stopLeftovers` ends it.
 *
 * @returns The function that removes the record.
 */
export function recordSelf(
  runDir: string,
  { name, labels }: { name: string; labels: Readonly<Record<string, string>> },
): () => void {
  const { pid } = process;
  writeRecord(runDir, { name, pid, startTime: readStartTime(pid) ?? '', logFile: '', labels: { ...labels } });
  return () => removeRecord(runDir, name);
}
