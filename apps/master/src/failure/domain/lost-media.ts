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

/** With `application` recovery the session ends with its node; the application makes it anew under the same id. */
export function crash(isLost: (state: SessionState) => boolean): Rule<Ended | undefined> {
  return (state): Decision<Ended | undefined> =>
    isLost(state) ? closeSession('nodeCrashed')(state) : unchanged(undefined);
}
