import type { NodeGroup } from '@evercall/cluster';
import { newSlot, observeSlot, type Place } from './observe-slot.js';
import type { SlotExit, SlotMemory, SlotNode, SlotProcess } from './slot-memory.js';
import { bySurplus } from './surplus.js';

/** What one look found. Times are ms since 1970. */
export interface Sight {
  now: number;
  /** Since when the shared state has answered without a break. */
  steadySince: number;
  groups: readonly NodeGroup[];
  processes: readonly SlotProcess[];
  nodes: readonly SlotNode[];
  /** Nodes that were declared lost. */
  lost: readonly Pick<SlotNode, 'name' | 'pid'>[];
  /** What is known of processes that ended since the look before. */
  exits: readonly SlotExit[];
  /** A number in [0, 1). */
  jitter: number;
}

/** What never changes while a fleet runs. */
export interface FleetRules {
  /** Every place that there is, in the order in which they are filled. */
  places: readonly Place[];
  /** Whether nodes that die are replaced. */
  replace: boolean;
  /** Milliseconds that a node may take to serve. */
  startMs: number;
  /** Milliseconds after which everybody uses a node that serves: the load balancer too. */
  settleMs: number;
  /** Milliseconds that a node may take to leave when the fleet told it to. */
  drainMs: number;
}

/** What is to be done about one place. */
export type FleetAction =
  /** Launch a node in it. */
  | { kind: 'launch'; name: string; revision: number }
  /** Ask its node to leave in its own time. */
  | { kind: 'drain'; name: string }
  /** Kill its node's whole process group. */
  | { kind: 'kill'; name: string; why: 'lost' | 'start' | 'drain' };

/** What is known afterwards, and what is to be done. */
export interface FleetDecision {
  slots: SlotMemory[];
  actions: FleetAction[];
}

/** Compares what runs with what should run. */
export function reconcile(rules: FleetRules, before: readonly SlotMemory[], sight: Sight): FleetDecision {
  const seen = rules.places.flatMap((place) => {
    const { name } = place;
    const process = sight.processes.find((one) => one.name === name);
    const pid = process?.pid ?? before.find((slot) => slot.name === name)?.pid;
    const isIt = (one: Pick<SlotNode, 'name' | 'pid'>): boolean => one.name === name && one.pid === pid;
    const { now, jitter } = sight;
    const known = before.find((slot) => slot.name === name);
    const node = sight.nodes.find(isIt);
    const exit = sight.exits.find(isIt);
    const { replace } = rules;
    return observeSlot(place, known, { now, process, node, exit, jitter, replace }) ?? [];
  });
  const killing = seen.map((slot) => kill(slot, rules, sight));
  const slots = killing.map(({ slot }) => slot);
  const actions = killing.flatMap(({ action }) => action ?? []);
  for (const group of sight.groups) {
    const decision = fill(group, slots, { rules, now: sight.now });
    slots.splice(0, slots.length, ...decision.slots);
    actions.push(...decision.actions);
  }
  return { slots, actions };
}

function kill(
  slot: SlotMemory,
  { startMs, drainMs }: FleetRules,
  { now, steadySince, lost }: Sight,
): { slot: SlotMemory; action?: FleetAction } {
  if (slot.pid === null || slot.pid === 0 || slot.killed) return { slot };
  const { name, pid, leavingSince } = slot;
  const isLost = lost.some((one) => one.name === name && one.pid === pid);
  // A node registers with the shared state: while that is away, none can start.
  const startsSince = Math.max(slot.launchedAt, steadySince);
  const neverStarted = slot.state === 'starting' && now - startsSince > startMs;
  const neverLeaves = slot.ordered && leavingSince !== undefined && now - leavingSince > drainMs;
  const why = isLost ? 'lost' : neverStarted ? 'start' : neverLeaves ? 'drain' : undefined;
  if (why === undefined) return { slot };
  return { slot: { ...slot, killed: true }, action: { kind: 'kill', name, why } };
}

/** Brings one group to its size: at most one step of a rolling restart at a time. */
function fill(
  group: NodeGroup,
  all: readonly SlotMemory[],
  { rules, now }: { rules: FleetRules; now: number },
): FleetDecision {
  const places = rules.places.filter(({ role }) => role === group.role);
  const staying = all.filter(({ role, state }) => role === group.role && state !== 'draining');
  const leaves = all.some(({ role, state }) => role === group.role && state === 'draining');
  const old = staying.filter(({ pid, revision }) => pid !== null && revision < group.revision);
  // While nodes are exchanged, there is one more where a place is free: the new one is up before an old one goes.
  const target = Math.min(places.length, group.desired + (old.length > 0 ? 1 : 0));
  const surplus = staying.length - target;
  if (surplus > 0) return shrink(all, staying.toSorted(bySurplus(group)), surplus);

  const due = staying.filter((slot) => slot.state === 'backoff' && now >= (slot.retryAt ?? 0));
  const free = places.filter(({ name }) => all.every((slot) => slot.name !== name));
  const missing = free.slice(0, target - staying.length).map((place) => newSlot(place, now));
  const again = due.map((slot) => ({
    ...newSlot(slot, now),
    restarts: slot.restarts + 1,
    crashes: slot.crashes,
  }));
  const launched = [...again, ...missing].map((slot) => ({ ...slot, revision: group.revision }));
  if (launched.length > 0) {
    const names = new Set(launched.map(({ name }) => name));
    return {
      slots: [...all.filter(({ name }) => !names.has(name)), ...launched],
      actions: launched.map(({ name, revision }) => ({ kind: 'launch', name, revision })),
    };
  }
  const isSettled = ({ state, readyAt = now }: SlotMemory): boolean =>
    state === 'running' && now - readyAt >= rules.settleMs;
  const settled = staying.length === target && !leaves && staying.every(isSettled);
  return settled && old.length > 0 ? shrink(all, old.toSorted(byAge), 1) : { slots: [...all], actions: [] };
}

/** Has the first `count` of the candidates leave; places in which nothing runs are just given up. */
function shrink(all: readonly SlotMemory[], candidates: readonly SlotMemory[], count: number): FleetDecision {
  const chosen = new Set(candidates.slice(0, count).map(({ name }) => name));
  const slots = all.flatMap((slot) => {
    if (!chosen.has(slot.name)) return [slot];
    return slot.pid === null ? [] : [{ ...slot, ordered: true }];
  });
  const actions = slots.flatMap(({ name }): FleetAction[] =>
    chosen.has(name) ? [{ kind: 'drain', name }] : [],
  );
  return { slots, actions };
}

function byAge(a: SlotMemory, b: SlotMemory): number {
  return a.launchedAt - b.launchedAt;
}
