import { setTimeout as sleep } from 'node:timers/promises';
import { loadFleet } from '../load-fleet.ts';
import { runDir } from '../system/paths.ts';

const LAUNCHER_DEADLINE_MS = 20_000;

/** Stops the cluster of this checkout, and what a killed launcher has left of one. Returns what was stopped. */
export async function stopCluster(): Promise<string[]> {
  const fleet = await loadFleet();
  if (fleet === undefined) return [];
  const before = fleet.readRecords(runDir).filter(({ alive }) => alive);
  const launcher = before.find(({ name }) => name === 'launcher');
  if (launcher !== undefined) {
    process.kill(launcher.pid, 'SIGTERM');
    const until = performance.now() + LAUNCHER_DEADLINE_MS;
    const runs = (): boolean =>
      fleet.readRecords(runDir).some(({ name, alive }) => name === 'launcher' && alive);
    while (runs() && performance.now() < until) await sleep(50);
  }
  const { endLeftovers } = await import('../system/end-leftovers.ts');
  await endLeftovers(runDir);
  return before.map(({ name }) => name);
}
