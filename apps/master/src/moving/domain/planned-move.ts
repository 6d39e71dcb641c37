import {
  activeConnection,
  activeConnections,
  type MoveEnd,
  type Placement,
  type PlacementLeg,
  type SessionState,
} from '@evercall/cluster';
import type { ConnectionId, MediaNodeId } from '@evercall/protocol';
import { change, type Rule, unchanged } from '../../sessions/domain/decision.js';

/** Milliseconds after which a planned move is over, whoever hasn't followed it. */
export const longestMoveMs = 5000;

/** Where a session goes. */
export interface Destination {
  placement: Placement;
  mediaNodeId: MediaNodeId;
  /** Milliseconds that the session counts as a promise to its new node. */
  reserveMs: number;
}

function moveEnd({ sessionId, life }: SessionState['record'], generation: number): MoveEnd {
  return { kind: 'moveEnd', sessionId, life, generation };
}

/** Whether a placement can be left as planned: its media is there, and isn't on its way already. */
export function isSettled(placement: Placement | undefined): boolean {
  return placement?.leaving.length === 0 && !placement.waiting;
}

/**
 * The session's media goes to another place, and stays alive where it is until all have followed. Answers `false` if it
 * isn't where the decision took it to be, or is on its way already.
 */
export function planMove(
  from: Pick<PlacementLeg, 'mediaNodeId' | 'generation'>,
  to: Destination,
): Rule<boolean> {
  return (state) => {
    const leg = state.placement?.legs[0];
    const isThere = leg?.mediaNodeId === from.mediaNodeId && leg.generation === from.generation;
    if (!isThere || !isSettled(state.placement)) return unchanged(false);
    const { placement, mediaNodeId, reserveMs } = to;
    const generation = from.generation + 1;
    return change(true, {
      relies: { placement: true, alive: mediaNodeId },
      placement: { placement: { ...placement, leaving: [leg] }, reserveMs },
      schedule: [{ deadline: moveEnd(state.record, leg.generation), inMs: longestMoveMs }],
      events: [
        {
          audience: { to: 'all' },
          event: { type: 'placementChanged', generation, mediaNodeId, planned: true },
        },
      ],
    });
  };
}

/** A client sends and receives at the new place. Nothing is noted when no planned move is under way. */
export function markMoved(connectionId: ConnectionId, generation: number): Rule<boolean> {
  return (state) => {
    const connection = activeConnection(state, connectionId);
    if (!connection || state.placement?.leaving.length === 0) return unchanged(false);
    if (state.placement?.legs[0]?.generation !== generation) return unchanged(false);
    if ((connection.movedTo ?? 0) >= generation) return unchanged(true);
    return change(true, {
      relies: { connections: [connectionId] },
      connections: new Map([[connectionId, { ...connection, movedTo: generation }]]),
    });
  };
}

/** Whether everybody who can follow has followed. Who has no socket gets new transports when it comes back. */
export function haveAllMoved(state: SessionState): boolean {
  const generation = state.placement?.legs[0]?.generation ?? 0;
  return activeConnections(state).every(({ socket, movedTo }) => !socket || (movedTo ?? 0) >= generation);
}

/**
 * The move is over: what it was leaving goes. Answers the leg that is to be closed, for the one caller whose decision
 * holds.
 *
 * @param deadline the move's, which has passed; without it the move ends only if all have followed
 */
export function endMove(deadline?: MoveEnd): Rule<PlacementLeg | undefined> {
  return (state) => {
    const { placement } = state;
    const leg = placement?.leaving.find(({ generation }) => !deadline || generation === deadline.generation);
    if (!placement || !leg) {
      return deadline ? change(undefined, { relies: { deadline } }) : unchanged(undefined);
    }
    if (!deadline && !haveAllMoved(state)) return unchanged(undefined);
    const leaving = placement.leaving.filter((other) => other !== leg);
    return change(leg, {
      relies: { placement: true, ...(deadline ? { deadline } : {}) },
      unplacedFrom: [leg.mediaNodeId],
      placement: { placement: { ...placement, leaving }, reserveMs: 0 },
      unschedule: [moveEnd(state.record, leg.generation)],
    });
  };
}
