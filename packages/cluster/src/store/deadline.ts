import { ConnectionId, SessionId } from '@evercall/protocol';
import { z } from 'zod';

const session = { sessionId: SessionId, life: z.number().int().positive() };

/** Something that happens later unless it is taken back. Any master works it off. */
export const Deadline = z.discriminatedUnion('kind', [
  /** A detached connection's grace period is over. */
  z.object({
    kind: z.literal('grace'),
    ...session,
    connectionId: ConnectionId,
    socketGeneration: z.number().int(),
  }),
  /** A token was not used in time. */
  z.object({ kind: z.literal('token'), ...session, connectionId: ConnectionId }),
  /** A session was not used in time. */
  z.object({ kind: z.literal('unused'), ...session }),
  /** A planned move away from this generation has taken long enough. */
  z.object({ kind: z.literal('moveEnd'), ...session, generation: z.number().int().positive() }),
]);
export type Deadline = z.infer<typeof Deadline>;
/** The end of a planned move. */
export type MoveEnd = Extract<Deadline, { kind: 'moveEnd' }>;

/** The member of the sorted set; the same deadline always reads the same. */
export function formatDeadline(deadline: Deadline): string {
  const { kind, sessionId, life } = deadline;
  switch (kind) {
    case 'grace':
      return JSON.stringify({
        kind,
        sessionId,
        life,
        connectionId: deadline.connectionId,
        socketGeneration: deadline.socketGeneration,
      });
    case 'token':
      return JSON.stringify({ kind, sessionId, life, connectionId: deadline.connectionId });
    case 'unused':
      return JSON.stringify({ kind, sessionId, life });
    case 'moveEnd':
      return JSON.stringify({ kind, sessionId, life, generation: deadline.generation });
  }
}

export function parseDeadline(member: string): Deadline {
  return Deadline.parse(JSON.parse(member));
}
