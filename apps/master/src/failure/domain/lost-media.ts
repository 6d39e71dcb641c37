import type { Placement, SessionState } from '@evercall/cluster';
import type { MediaNodeId } from '@evercall/protocol';
import { change, type Decision, type Rule, unchanged } from '../../sessions/domain/decision.js';
import { closeSession, type Ended } from '../../sessions/domain/end.js';

/** The media that is gone. */
export interface LostMedia {
  mediaNodeId: string;
  /** Generation that was there; a session that has moved on since is left alone. */
  generation: number;
}

export function isStillOn(state: SessionState, { mediaNodeId, generation }: LostMedia): boolean {
  const leg = state.placement?.legs[0];
  return leg?.mediaNodeId === mediaNodeId && leg.generation === generation;
}

/** The session's media goes to another place; every master tells its clients. Only one such decision holds. */
export function replace(
  lost: LostMedia,
  next: { placement: Placement; mediaNodeId: MediaNodeId; reserveMs: number },
): Rule<boolean> {
  return (state) => {
    if (!isStillOn(state, lost)) return unchanged(false);
    const { placement, mediaNodeId, reserveMs } = next;
    const generation = lost.generation + 1;
    // A planned move that was on its way here is over with it: what it was leaving goes, too.
    const leaving = state.placement?.leaving ?? [];
    return change(true, {
      relies: { placement: true, alive: mediaNodeId },
      unplacedFrom: [lost.mediaNodeId, ...leaving.map((leg) => leg.mediaNodeId)],
      placement: { placement, reserveMs },
      events: [
        {
          audience: { to: 'all' },
          event: { type: 'placementChanged', generation, mediaNodeId, planned: false },
        },
      ],
    });
  };
}

/**
 * No node has room for the session's media: everybody in it is told, once, and it waits. Its old place stays on record,
 * so that generations go on and whoever has room finds it. Answers whether it waits from now on.
 */
export function awaitRoom(lost: LostMedia): Rule<boolean> {
  return (state) => {
    const { placement } = state;
    if (!placement || placement.waiting || !isStillOn(state, lost)) return unchanged(false);
    return change(true, {
      relies: { placement: true },
      unplacedFrom: placement.leaving.map(({ mediaNodeId }) => mediaNodeId),
      placement: { placement: { legs: placement.legs, leaving: [], waiting: true }, reserveMs: 0 },
      events: [
        {
          audience: { to: 'all' },
          event: { type: 'placementChanged', generation: lost.generation, planned: false },
        },
      ],
    });
  };
}

/** With `application` recovery the session ends with its media; the application makes it anew under the same id. */
export function crash(lost: LostMedia): Rule<Ended | undefined> {
  return (state): Decision<Ended | undefined> =>
    isStillOn(state, lost) ? closeSession('nodeCrashed')(state) : unchanged(undefined);
}
