import type { RecordedProcess } from '@evercall/fleet/process';
import { z } from 'zod';
import { type FleetSlot, readSlots } from '../cluster/fleet-client.ts';
import { loadFleet } from '../load-fleet.ts';
import { parseSettings } from '../settings.ts';
import { runDir } from '../system/paths.ts';

/** A node as `npm run status` shows it. */
export interface NodeStatus {
  name: string;
  /** The node's own id; null when it doesn't answer. */
  id: string | null;
  role: string;
  pid: number;
  address: string;
  /**
   * As the node says it; `dead`: the process is gone; `unreachable`: it doesn't answer within a second; `draining`: it
   * leaves; `backoff`: it died again and again and is started later.
   */
  state: string;
  /** How often the node of this name died and was replaced; null while the fleet doesn't answer. */
  restarts: number | null;
  /** Where a debugger can be attached (`npm start -- --inspect`); null: nowhere. */
  inspector: string | null;
}

type KnownProcess = Pick<RecordedProcess, 'name' | 'pid' | 'alive' | 'labels'>;

const LIVE_TIMEOUT_MS = 1000;
const nodeRoles = ['master', 'media'];
const liveSchema = z.object({ id: z.string(), state: z.string().default('running') });

/** The state of each master and media node of this checkout's cluster, by name. */
export async function readStatus(): Promise<NodeStatus[]> {
  const provider = await loadFleet();
  const records = provider?.readRecords(runDir) ?? [];
  const fleet = records.find(({ name, alive }) => name === 'fleet' && alive)?.labels['address'];
  const slots = fleet === undefined ? [] : await slotsOf(fleet);
  const nodes = records.filter(({ labels }) => nodeRoles.includes(labels['role'] ?? ''));
  return await Promise.all(nodes.map((record) => nodeStatus(record, slots)));
}

async function slotsOf(fleet: string): Promise<FleetSlot[]> {
  return (await readSlots(fleet, parseSettings(process.env).OPENVIDU_SECRET)) ?? [];
}

/** Asks one recorded node how it is. */
export async function nodeStatus(
  { name, pid, alive, labels }: KnownProcess,
  slots: readonly FleetSlot[] = [],
): Promise<NodeStatus> {
  const { role = '', address = '', inspector = null } = labels;
  const slot = slots.find((one) => one.name === name);
  const known = { name, role, pid, address, restarts: slot?.restarts ?? null, inspector };
  if (!alive) return { ...known, id: null, state: slot?.state === 'backoff' ? 'backoff' : 'dead' };
  try {
    const response = await fetch(`${address}/health/live`, { signal: AbortSignal.timeout(LIVE_TIMEOUT_MS) });
    const { id, state } = liveSchema.parse(await response.json());
    return { ...known, id, state: slot?.state === 'draining' ? 'draining' : state };
  } catch {
    // Refused, too late or not understood: all that matters here is that it can't be reached.
    return { ...known, id: null, state: 'unreachable' };
  }
}

/** The nodes as a table for people. */
export function statusTable(nodes: readonly NodeStatus[]): string {
  if (nodes.length === 0) return 'No node of this checkout is running: npm start.';
  const inspected = nodes.some(({ inspector }) => inspector !== null);
  const head = [
    'NAME',
    'ROLE',
    'STATE',
    'RESTARTS',
    'PID',
    'ADDRESS',
    ...(inspected ? ['INSPECTOR'] : []),
    'ID',
  ];
  const rows = nodes.map(({ name, role, state, restarts, pid, address, inspector, id }) => [
    name,
    role,
    state,
    `${restarts ?? '-'}`,
    `${pid}`,
    address,
    ...(inspected ? [inspector ?? '-'] : []),
    id ?? '-',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return [head, ...rows].map((cells) => line(cells).trimEnd()).join('\n');
}
