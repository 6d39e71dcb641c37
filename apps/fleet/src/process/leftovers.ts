import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup } from './process-identity.js';
import { isAlive, type RecordedProcess, readRecords, removeRecord } from './process-record.js';

const POLL_MS = 25;

/** Which leftovers are ended, and how fast. */
export interface LeftoversOptions {
  /** Milliseconds after which a process that was asked to end is killed. */
  deadlineMs: number;
  /** Which processes; default all. */
  only?: (record: RecordedProcess) => boolean;
}

/**
 * Stops what an earlier launcher left behind because it was killed: asks each by its stop signal, and SIGKILL to the
 * whole process group after `deadlineMs`. A pid that now belongs to another process is left alone. The records are
 * removed.
 *
 * @returns The processes that had to be stopped.
 */
export async function stopLeftovers(
  runDir: string,
  { deadlineMs, only = () => true }: LeftoversOptions,
): Promise<RecordedProcess[]> {
  const records = readRecords(runDir).filter((record) => only(record));
  const left = records.filter((record) => record.alive);
  await Promise.all(left.map((record) => end(record, deadlineMs)));
  for (const { name } of records) removeRecord(runDir, name);
  return left;
}

async function end(record: RecordedProcess, deadlineMs: number): Promise<void> {
  signalAll(record, record.stopSignal);
  // A frozen process acts on a signal only once it runs again.
  signalAll(record, 'SIGCONT');
  const until = performance.now() + deadlineMs;
  while (isAlive(record) && performance.now() < until) await sleep(POLL_MS);
  signalAll(record, 'SIGKILL');
  while (isAlive(record)) await sleep(POLL_MS);
}

/** The process and its group; one that recorded itself may belong to somebody else's group, which is left alone. */
function signalAll(record: RecordedProcess, signal: NodeJS.Signals): void {
  if (!signalGroup(record.pid, signal) && isAlive(record)) process.kill(record.pid, signal);
}
