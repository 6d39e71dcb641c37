import type { Candidate, MediaNodeRecord, Placement } from '@evercall/cluster';

/** Consumers that a session which was just placed is expected to need soon. */
const consumersPerReservation = 8;
/** A node whose heartbeat is older than this gets nothing new; that is no judgement about its life. */
const maxLateMs = 3000;

/** A choice, with what it was based on. */
export interface Choice {
  node: MediaNodeRecord;
  placement: Placement;
  reservations: number;
}

/** Share of a node that is used: what it forwards or computes, whichever is more, and what was promised to it. */
function usage({ load, reservations }: Candidate, node: MediaNodeRecord): number {
  return (
    Math.max(load.cpu, load.consumers / node.softCapacity) +
    (reservations * consumersPerReservation) / node.softCapacity
  );
}

/** The worker that forwards least; what was promised to the node goes round. */
function chooseWorker({ load, reservations }: Candidate): number {
  const alive = load.workers
    .map(({ consumers, alive: lives }, worker) => ({ worker, consumers, lives }))
    .filter(({ lives }) => lives)
    .toSorted((a, b) => a.consumers - b.consumers);
  const least = alive.filter(({ consumers }) => consumers === alive[0]?.consumers);
  return least[reservations % Math.max(1, least.length)]?.worker ?? 0;
}

/**
 * The media node for a session: the wanted one, else the least used that runs and has room.
 *
 * @param generation generation of the new placement
 * @param wanted id of a node that must be it
 * @param avoid id of a node that must not be it
 * @returns `undefined` if none can take it
 */
export function chooseMediaNode(
  candidates: Candidate[],
  { generation, wanted, avoid }: { generation: number; wanted?: string; avoid?: string },
): Choice | undefined {
  const usable = candidates.flatMap((candidate) => {
    const { record } = candidate;
    if (record.role !== 'media' || record.state !== 'running' || candidate.lateMs > maxLateMs) return [];
    if ((wanted && record.id !== wanted) || record.id === avoid) return [];
    if (candidate.load.consumers >= record.hardCapacity) return [];
    return [{ candidate, node: record, used: usage(candidate, record) }];
  });
  const [best] = usable.toSorted(
    (a, b) => a.used - b.used || a.candidate.load.sessions - b.candidate.load.sessions,
  );
  if (!best) return undefined;
  const { node, candidate } = best;
  const leg = { leg: 0, mediaNodeId: node.id, worker: chooseWorker(candidate), generation };
  return { node, placement: { legs: [leg], leaving: [] }, reservations: candidate.reservations };
}
