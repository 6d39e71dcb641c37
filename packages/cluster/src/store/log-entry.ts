import { ConnectionId, MediaNodeId, Position, SessionEvent } from '@evercall/protocol';
import { z } from 'zod';

/** Who may see an event. */
export const Audience = z.discriminatedUnion('to', [
  z.object({ to: z.literal('all') }),
  z.object({ to: z.literal('only'), connections: z.array(ConnectionId) }),
  z.object({ to: z.literal('others'), than: ConnectionId }),
]);
export type Audience = z.infer<typeof Audience>;

/** For masters only: the session's media is somewhere else, or nowhere for now. */
export const PlacementChanged = z.object({
  type: z.literal('placementChanged'),
  generation: z.number().int().positive(),
  mediaNodeId: MediaNodeId.optional(),
  /** The generation before still carries media. */
  planned: z.boolean().default(false),
});
export type PlacementChanged = z.infer<typeof PlacementChanged>;

/** Events that clients get; the others are for masters only. */
export function isForClients(event: SessionEvent | PlacementChanged): event is SessionEvent {
  return event.type !== 'placementChanged';
}

/** An event before it has a position. */
export const NewEntry = z.object({ audience: Audience, event: z.union([SessionEvent, PlacementChanged]) });
export type NewEntry = z.infer<typeof NewEntry>;

/** An event in a session's log. */
export interface LogEntry extends NewEntry {
  position: Position;
  /** Redis time of the commit, in milliseconds. */
  at: number;
}

export function isInAudience(audience: Audience, connectionId: ConnectionId): boolean {
  switch (audience.to) {
    case 'all':
      return true;
    case 'only':
      return audience.connections.includes(connectionId);
    case 'others':
      return audience.than !== connectionId;
  }
}

/** Reads a message of a session's channel: `<epoch>-<sequence>-<time> <entry>`. */
export function parseChannelMessage(message: string): LogEntry {
  const space = message.indexOf(' ');
  const [epoch, sequence, at] = message.slice(0, space).split('-').map(Number);
  return {
    ...NewEntry.parse(JSON.parse(message.slice(space + 1))),
    position: Position.parse({ epoch, sequence }),
    at: z.number().parse(at),
  };
}
