import type { Slot } from '@evercall/cluster';
import { crashDelayMs } from './backoff.js';
import { ranWellMs, type SlotExit, type SlotMemory, type SlotNode, type SlotProcess } from './slot-memory.js';

/** States of a node that is on its way out. */
const leavingStates = ['waiting-idle-to-terminate', 'terminating', 'terminated'];

/** A place for a node: fixed name and ports. */
export type Place = Pick<SlotMemory, 'name' | 'role'>;

/** What is seen of one place in one look. */
export interface SlotSight {
  /** Milliseconds since 1970. */
  now: number;
  process: SlotProcess | undefined;
  /** The node that the process is, if it is registered. */
  node: SlotNode | undefined;
  exit: SlotExit | undefined;
  /** A number in [0, 1). */
  jitter: number;
  /** Whether nodes that die are replaced. */
  replace: boolean;
}

/** What is known of a place after a look. Undefined: it is empty. */
export function observeSlot(
  place: Place,
  before: SlotMemory | undefined,
  sight: SlotSight,
): SlotMemory | undefined {
  if (sight.process) return withProcess(memoryOf(place, before, sight.process), sight);
  if (before && before.pid !== null) return afterEnd(before, sight);
  return before;
}

/** What was known of this very process, or what there is to know of a new one. */
function memoryOf(place: Place, before: SlotMemory | undefined, process: SlotProcess): SlotMemory {
  // 0: it was about to be launched.
  if (before && (before.pid === process.pid || before.pid === 0)) return { ...before, ...process };
  return {
    ...newSlot(place, process.launchedAt),
    ...process,
    restarts: before?.restarts ?? 0,
    crashes: before?.crashes ?? 0,
  };
}

/** A place in which a process is launched at `now`. */
export function newSlot({ name, role }: Place, now: number): SlotMemory {
  return {
    name,
    role,
    state: 'starting',
    pid: 0,
    since: now,
    restarts: 0,
    revision: 0,
    launchedAt: now,
    ordered: false,
    killed: false,
    load: 0,
    crashes: 0,
  };
}

/** What a fleet before this one said of a place. */
export function rememberedSlot(slot: Slot): SlotMemory {
  const leaves = slot.state === 'draining';
  return { ...newSlot(slot, slot.since), ...slot, leavingSince: leaves ? slot.since : undefined };
}

function withProcess(memory: SlotMemory, { now, node }: SlotSight): SlotMemory {
  const readyAt = memory.readyAt ?? (node?.state === 'running' ? now : undefined);
  const saysLeaving = node && leavingStates.includes(node.state);
  const isLeaving = memory.ordered || (saysLeaving ?? memory.leavingSince !== undefined);
  // A node that somebody else asked to leave may have been asked to stay since.
  const leavingSince = isLeaving ? (memory.leavingSince ?? now) : undefined;
  const state = isLeaving ? 'draining' : readyAt === undefined ? 'starting' : 'running';
  const since = state === memory.state ? memory.since : now;
  return { ...memory, readyAt, leavingSince, state, since, load: node?.load ?? memory.load };
}

function afterEnd(before: SlotMemory, { now, exit, jitter, replace }: SlotSight): SlotMemory | undefined {
  const served = before.readyAt !== undefined;
  const wasLeaving = before.ordered || before.leavingSince !== undefined;
  const leftWell = wasLeaving || (served && exit?.code === 0);
  if (leftWell && !before.killed) return undefined;
  const ranWell = before.readyAt !== undefined && now - before.readyAt >= ranWellMs;
  const crashes = ranWell ? 1 : before.crashes + 1;
  return {
    ...before,
    state: replace ? 'backoff' : 'dead',
    pid: null,
    since: now,
    readyAt: undefined,
    leavingSince: undefined,
    ordered: false,
    killed: false,
    crashes,
    retryAt: now + crashDelayMs(crashes, jitter),
  };
}
