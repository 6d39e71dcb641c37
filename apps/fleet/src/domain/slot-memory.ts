import type { Slot } from '@evercall/cluster';

/** What the fleet remembers of a place for a node between two looks. Times are ms since 1970. */
export interface SlotMemory extends Slot {
  /** When the process was launched. */
  launchedAt: number;
  /** When it was first seen to serve; undefined: not yet. */
  readyAt?: number | undefined;
  /** Set from the moment it is known to leave. */
  leavingSince?: number | undefined;
  /** Whether it leaves because the fleet said so. */
  ordered: boolean;
  /** Whether the fleet has killed it. */
  killed: boolean;
  /** What it carries: consumers and sockets. */
  load: number;
  /** How often in a row it died without having run well in between. */
  crashes: number;
  /** When it may be started again. */
  retryAt?: number | undefined;
}

/** A process in a place, as it is now. */
export interface SlotProcess {
  name: string;
  pid: number;
  launchedAt: number;
  revision: number;
}

/** A node as the registry lists it. */
export interface SlotNode {
  name: string;
  pid: number;
  /** What it says of itself: `running`, `terminating`, … */
  state: string;
  /** What it carries: consumers and sockets. */
  load: number;
}

/** How a process ended, where that is known. */
export interface SlotExit {
  name: string;
  pid: number;
  code: number | null;
}

/** Milliseconds that a node must have served for its death not to count as another one of a loop. */
export const ranWellMs = 5000;
