import type { Candidate, MediaNodeRecord, MoveCause, Placement } from '@evercall/cluster';

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

/** Who is asked for, and what must not be chosen. */
export interface Wish {
  /** Generation of the new placement. */
  generation: number;
  /** Id of a node that must be it. */
  wanted?: string;
  /** Id of a node that must not be it. */
  avoid?: string;
  /** A worker that died just now: what its node said last doesn't tell that yet. */
  dead?: { mediaNodeId: string; worker: number };
  /** Somebody's media is gone or has to go: the soft limit may be passed. */
  recovery?: boolean;
  /** Why it moves. */
  cause?: MoveCause;
}

/** The living workers of a node, the one that forwards least first. */
function livingWorkers(
  { record, load }: Candidate,
  dead: Wish['dead'],
): { worker: number; consumers: number }[] {
  return load.workers
    .map(({ consumers, alive }, worker) => ({ worker, consumers, alive }))
    .filter(({ worker, alive }) => alive && !(dead?.mediaNodeId === record.id && dead.worker === worker))
    .toSorted((a, b) => a.consumers - b.consumers);
}

/** Of the workers that forward least one; what was promised to the node goes round. */
function chooseWorker(living: ReturnType<typeof livingWorkers>, reservations: number): number {
  const least = living.filter(({ consumers }) => consumers === living[0]?.consumers);
  // None lives: the node is about to replace them, the first one first.
  return least[reservations % Math.max(1, least.length)]?.worker ?? 0;
}

/**
 * The media node for a session: the wanted one, else the least used that runs and has room. One without a living worker
 * is the last resort.
 *
 * @returns `undefined` if none can take it
 */
export function chooseMediaNode(candidates: Candidate[], wish: Wish): Choice | undefined {
  const { generation, wanted, avoid, dead, recovery, cause } = wish;
  const usable = candidates.flatMap((candidate) => {
    const { record, load } = candidate;
    if (record.role !== 'media' || record.state !== 'running' || candidate.lateMs > maxLateMs) return [];
    if ((wanted && record.id !== wanted) || record.id === avoid) return [];
    if (load.consumers >= (recovery ? record.hardCapacity : record.softCapacity)) return [];
    const living = livingWorkers(candidate, dead);
    return [{ candidate, node: record, living, used: usage(candidate, record) }];
  });
  const [best] = usable.toSorted(
    (a, b) =>
      Number(a.living.length === 0) - Number(b.living.length === 0) ||
      a.used - b.used ||
      a.candidate.load.sessions - b.candidate.load.sessions,
  );
  if (!best) return undefined;
  const { node, candidate, living } = best;
  const worker = chooseWorker(living, candidate.reservations);
  const leg = { leg: 0, mediaNodeId: node.id, worker, generation, ...(cause ? { cause } : {}) };
  return { node, placement: { legs: [leg], leaving: [] }, reservations: candidate.reservations };
}
