import type { Role } from '@evercall/protocol';
import { type Evercall, EvercallError } from '@evercall/server-sdk';
import { ApiError } from '../http/api-error.js';
import type { Room } from '../rooms/room.js';
import type { Identity } from './entry-policy.js';

/** What a browser needs to join. */
export interface Admission {
  /** The platform's token; usable once. */
  token: string;
  sessionId: string;
  connectionId: string;
  role: Role;
}

/** How often a session may end between its creation and the connection. */
const rounds = 5;

/**
 * Makes a connection in the room's session, and the session where there is none.
 *
 * The session ends when its last participant leaves, also between the two requests; then it is created again.
 *
 * @throws EvercallError
 */
export async function admit(
  evercall: Evercall,
  room: Room,
  guest: Identity & { role: Role },
): Promise<Admission> {
  const { role, userId, name } = guest;
  for (let round = 1; ; round += 1) {
    try {
      const session = await evercall.createSession({ customSessionId: room.slug, recovery: room.recovery });
      const connection = await evercall.createConnection(session.sessionId, {
        role,
        data: JSON.stringify({ userId, name }),
      });
      if (connection.token === null) throw new ApiError('PLATFORM_REFUSED', 'the platform gave no token');
      return {
        token: connection.token,
        sessionId: session.sessionId,
        connectionId: connection.connectionId,
        role,
      };
    } catch (error) {
      const endedInBetween = error instanceof EvercallError && error.code === 'notFound';
      if (!endedInBetween || round >= rounds) throw error;
    }
  }
}
