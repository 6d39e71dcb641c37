import type { RecordedProcess } from '@evercall/fleet/process';
import { z } from 'zod';
import { loadFleet } from '../load-fleet.ts';
import { runDir } from '../system/paths.ts';

/** A node as `npm run status` shows it. */
export interface NodeStatus {
  name: string;
  /** The node's own id; null when it doesn't answer. */
  id: string | null;
  role: string;
  pid: number;
  address: string;
  /** As the node says it; `dead`: the process is gone; `unreachable`: it doesn't answer within a second. */
  state: string;
}

const LIVE_TIMEOUT_MS = 1000;
const nodeRoles = ['master', 'media'];
const liveSchema = z.object({ id: z.string(), state: z.string().default('running') });

/** The state of each master and media node of this checkout's cluster, by name. */
export async function readStatus(): Promise<NodeStatus[]> {
  const fleet = await loadFleet();
  const records = fleet?.readRecords(runDir) ?? [];
  return await Promise.all(
    records.filter(({ labels }) => nodeRoles.includes(labels['role'] ?? '')).map(nodeStatus),
  );
}

/** Asks one recorded node how it is. */
export async function nodeStatus({ name, pid, alive, labels }: RecordedProcess): Promise<NodeStatus> {
  const { role = '', address = '' } = labels;
  const known = { name, role, pid, address };
  if (!alive) return { ...known, id: null, state: 'dead' };
  try {
    const response = await fetch(`${address}/health/live`, { signal: AbortSignal.timeout(LIVE_TIMEOUT_MS) });
    const { id, state } = liveSchema.parse(await response.json());
    return { ...known, id, state };
  } catch {
    // Refused, too late or not understood: all that matters here is that it can't be reached.
    return { ...known, id: null, state: 'unreachable' };
  }
}

/** The nodes as a table for people. */
export function statusTable(nodes: readonly NodeStatus[]): string {
  if (nodes.length === 0) return 'No node of this checkout is running: npm start.';
  const head = ['NAME', 'ROLE', 'STATE', 'PID', 'ADDRESS', 'ID'];
  const rows = nodes.map(({ name, role, state, pid, address, id }) => [
    name,
    role,
    state,
    `${pid}`,
    address,
    id ?? '-',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return [head, ...rows].map((cells) => line(cells).trimEnd()).join('\n');
}
