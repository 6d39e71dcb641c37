import { activeConnections, PlacementLeg, type SessionState, streamsOf } from '@evercall/cluster';
import { Recovery } from '@evercall/protocol';
import { z } from 'zod';

/** Where a session is, as `GET /cluster/api/sessions/:id` tells. */
export const SessionPlacement = z.object({
  id: z.string(),
  life: z.number().int(),
  recovery: Recovery,
  /** Master that it ends with, if its application recovers it. */
  hostId: z.string(),
  hostName: z.string(),
  /** Where its media is; two while it moves, none before its first join. */
  legs: z.array(
    PlacementLeg.extend({
      /** For people; empty if the node is gone. */
      mediaNodeName: z.string(),
      /** A planned move takes the media away from here. */
      leaving: z.boolean(),
    }),
  ),
  /** Who takes part, in the order of their joining. */
  connections: z.array(
    z.object({
      connectionId: z.string(),
      /** Master that its socket ends at; absent while it has none. */
      masterId: z.string().optional(),
      masterName: z.string().optional(),
      /** Whether it has a socket; else it has until the end of its grace period to come back. */
      attached: z.boolean(),
      /** Generation of the last planned move that it followed. */
      movedTo: z.number().int().optional(),
      streams: z.array(z.object({ streamId: z.string(), generation: z.number().int(), live: z.boolean() })),
    }),
  ),
});
export type SessionPlacement = z.infer<typeof SessionPlacement>;

/** @param names names of the nodes that are registered, by id */
export function sessionPlacement(state: SessionState, names: ReadonlyMap<string, string>): SessionPlacement {
  const { sessionId, life, hostId, properties } = state.record;
  const name = (id: string) => names.get(id) ?? '';
  const { legs = [], leaving = [] } = state.placement ?? {};
  const leg = (isLeaving: boolean) => (place: PlacementLeg) => ({
    ...place,
    mediaNodeName: name(place.mediaNodeId),
    leaving: isLeaving,
  });
  return {
    id: sessionId,
    life,
    recovery: properties.recovery,
    hostId,
    hostName: name(hostId),
    legs: [...legs.map(leg(false)), ...leaving.map(leg(true))],
    connections: activeConnections(state).map(({ connectionId, socket, movedTo }) => ({
      connectionId,
      attached: socket !== null,
      ...(socket ? { masterId: socket.masterId, masterName: name(socket.masterId) } : {}),
      ...(movedTo ? { movedTo } : {}),
      streams: streamsOf(state, connectionId).map(({ info, generation, live }) => ({
        streamId: info.streamId,
        generation,
        live,
      })),
    })),
  };
}
