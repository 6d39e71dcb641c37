import type { Recovery } from '@evercall/protocol';
import type { Room as RoomRow } from '../generated/client.js';

/** A room as the API answers it. Its slug is also the id of its session. */
export interface Room {
  slug: string;
  name: string;
  state: 'open' | 'closed';
  /** Who repairs its session when a node dies: the platform, or this application. */
  recovery: Recovery;
  /** ISO 8601. */
  createdAt: string;
  closedAt: string | null;
}

/** How the database spells it. */
export const recoveryInDatabase = { automatic: 'AUTOMATIC', application: 'APPLICATION' } as const;
const recoveryFromDatabase = { AUTOMATIC: 'automatic', APPLICATION: 'application' } as const;
const stateFromDatabase = { OPEN: 'open', CLOSED: 'closed' } as const;

export function roomFromRow(row: RoomRow): Room {
  return {
    slug: row.slug,
    name: row.name,
    state: stateFromDatabase[row.state],
    recovery: recoveryFromDatabase[row.recovery],
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}
