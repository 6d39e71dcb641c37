/** What is known about a worker when a new leg needs one. */
export interface WorkerLoad {
  index: number;
  /** Share of one core that it used lately, 0 to 1. */
  cpu: number;
  /** Consumers that it forwards to, and those that its youngest legs are expected to bring. */
  consumers: number;
  /** Legs on it. */
  legs: number;
}

/** Age up to which a leg is counted as if it already had what legs usually have, in milliseconds. */
const youngLegMs = 10_000;
/** Consumers that a leg is expected to bring soon: three participants who see and hear each other. */
const expectedConsumers = 12;

/** Consumers to count for a leg, so that a burst of new legs spreads before their participants have come. */
export function expectedConsumersOf(leg: { ageMs: number; consumers: number }): number {
  return leg.ageMs < youngLegMs ? Math.max(leg.consumers, expectedConsumers) : leg.consumers;
}

/**
 * The worker for a new leg: the one whose scarcer resource, consumers or processor, is used least.
 *
 * @param capacity - Consumers that one worker is meant to carry.
 */
export function chooseWorker(loads: WorkerLoad[], capacity: number): WorkerLoad | undefined {
  const use = (load: WorkerLoad): number => Math.max(load.consumers / capacity, load.cpu);
  return loads.toSorted((a, b) => use(a) - use(b) || a.legs - b.legs || a.index - b.index)[0];
}
