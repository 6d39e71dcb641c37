import { type RecordedProcess, stopLeftovers } from '@evercall/fleet/process';

const DEADLINE_MS = 3000;

/**
 * Ends what is left of a cluster in a run folder: first what would start others again.
 *
 * @returns The processes that had to be ended.
 */
export async function endLeftovers(runDir: string): Promise<RecordedProcess[]> {
  const roles = [['launcher'], ['fleet'], undefined];
  const ended: RecordedProcess[] = [];
  for (const some of roles) {
    const only = ({ labels }: RecordedProcess): boolean => some?.includes(labels['role'] ?? '') ?? true;
    ended.push(...(await stopLeftovers(runDir, { deadlineMs: DEADLINE_MS, only })));
  }
  return ended;
}
