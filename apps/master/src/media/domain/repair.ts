import { liveLegs, type SessionState } from '@evercall/cluster';
import type { Command, Inventory, Leg } from '@evercall/media-protocol';
import type { MediaNodeId } from '@evercall/protocol';

/** Milliseconds; what is younger may belong to a decision that is being carried out. */
const settledMs = 5000;

/** One leg as a media node lists it. */
export type InventoryLeg = Inventory['legs'][number];

/**
 * What must be closed on a media node because nobody wants it any more.
 *
 * @param state the session of the leg's life; `undefined` if no record of it can be found, which is never an order
 */
export function repairLeg(
  leg: InventoryLeg,
  mediaNodeId: MediaNodeId,
  state: SessionState | undefined,
): Command[] {
  if (!state || leg.ageMs < settledMs) return [];
  // A leg that is being left by a planned move is wanted until the move is over.
  const live = state.placement ? liveLegs(state.placement) : [];
  const wanted = live.some(
    (place) => place.mediaNodeId === mediaNodeId && place.generation === leg.leg.generation,
  );
  if (state.ended || !wanted) return [{ name: 'closeSession', params: {} }];
  const connections = leg.connections
    .filter(
      ({ connectionId, ageMs }) =>
        ageMs >= settledMs && state.connections.get(connectionId)?.status !== 'active',
    )
    .map(({ connectionId }): Command => ({ name: 'closeConnection', params: { connectionId } }));
  const streams = leg.streams
    .filter(({ streamId, ageMs }) => ageMs >= settledMs && !state.streams.has(streamId))
    .map(({ streamId }): Command => ({ name: 'closeStream', params: { streamId } }));
  return [...connections, ...streams];
}

/**
 * What a leg asks for that died alone: `rescue` its session, which is still placed there; `forget` it, everybody has moved
 * on; or neither, because no record of the session can be found, which is never an order.
 */
export function fateOfLostLeg(
  leg: Leg,
  mediaNodeId: MediaNodeId,
  state: SessionState | undefined,
): 'rescue' | 'forget' | 'none' {
  if (!state) return 'none';
  const live = state.placement && !state.ended ? liveLegs(state.placement) : [];
  const placed = live.some(
    (place) => place.mediaNodeId === mediaNodeId && place.generation === leg.generation,
  );
  return placed ? 'rescue' : 'forget';
}
