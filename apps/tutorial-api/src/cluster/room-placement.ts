import { z } from 'zod';

/**
 * Who serves a room, as masters tell of its session (`GET /cluster/api/sessions/:id`): where its media is, and at which
 * master each participant's socket ends.
 */
export const RoomPlacement = z.object({
  /** Media nodes that carry it now: one, or two while it moves. */
  legs: z.array(
    z.object({
      mediaNodeId: z.string(),
      mediaNodeName: z.string().optional(),
      generation: z.number(),
      /** Its media is being taken elsewhere. */
      leaving: z.boolean().default(false),
    }),
  ),
  connections: z.array(
    z.object({
      connectionId: z.string(),
      masterName: z.string().nullish(),
      /** Whether its socket is there, or the platform waits for its return. */
      attached: z.boolean(),
    }),
  ),
});
export type RoomPlacement = z.infer<typeof RoomPlacement>;
