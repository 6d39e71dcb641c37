import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Role } from '@evercall/protocol';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { Room } from '../rooms/room.js';

/** What is known of somebody who wants to enter a room. */
export interface EntryRequest {
  headers: IncomingHttpHeaders;
  /** The name that was typed in, if any. */
  name: string | undefined;
}

export interface Identity {
  userId: string;
  /** What the others in the room see. */
  name: string;
}

/**
 * Who may do what. This file is the one to change: replace a policy by your own user accounts, and nothing else of the
 * application needs to know.
 */
export interface EntryPolicy<I extends Identity = Identity> {
  /** Who is it? `null`: nobody we know. */
  identify(request: EntryRequest): Promise<I | null>;
  /** As what may they enter this room? */
  authorize(identity: I, room: Room): Role | 'deny';
  /** May they create, open and close rooms? */
  mayManage(identity: I): boolean;
  /** Does an invite link to a room that nobody created make the room? */
  readonly createsRooms: boolean;
}

/** Everybody, under the name they choose. For development, and for servers that only friends can reach. */
export class AnonymousEntry implements EntryPolicy {
  readonly createsRooms: boolean;

  constructor({ createsRooms }: { createsRooms: boolean }) {
    this.createsRooms = createsRooms;
  }

  identify({ name }: EntryRequest): Promise<Identity> {
    return Promise.resolve({ userId: `guest_${randomUUID()}`, name: name ?? 'Guest' });
  }

  authorize(): Role {
    return 'PUBLISHER';
  }

  mayManage(): boolean {
    return true;
  }
}

/** What a JSON web token says of its bearer. */
const Claims = z.object({
  sub: z.string().min(1),
  name: z.string().min(1).max(64).optional(),
  /** Slugs of the rooms it opens. Absent: all. */
  rooms: z.array(z.string()).optional(),
  role: Role.default('PUBLISHER'),
});
type JwtIdentity = Identity & Pick<z.infer<typeof Claims>, 'rooms' | 'role'>;

/**
 * Bearers of a JSON web token (`Authorization: Bearer …`, HS256) that an application with user accounts signed:
 * `{ sub, name?, rooms?, role?, exp }`. Moderators manage rooms.
 */
export class JwtEntry implements EntryPolicy<JwtIdentity> {
  readonly createsRooms = false;
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  async identify({ headers, name }: EntryRequest): Promise<JwtIdentity | null> {
    const token = /^Bearer (?<token>\S+)$/i.exec(headers.authorization ?? '')?.groups?.['token'];
    if (token === undefined) return null;
    const claims = await this.#verify(token);
    return claims && { ...claims, userId: claims.sub, name: claims.name ?? name ?? claims.sub };
  }

  authorize({ rooms, role }: JwtIdentity, room: Room): Role | 'deny' {
    return rooms === undefined || rooms.includes(room.slug) ? role : 'deny';
  }

  mayManage({ role }: JwtIdentity): boolean {
    return role === 'MODERATOR';
  }

  async #verify(token: string): Promise<z.infer<typeof Claims> | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: ['HS256'],
        requiredClaims: ['exp'],
      });
      return Claims.safeParse(payload).data ?? null;
    } catch {
      // Forged, expired or not a token at all: nobody we know, and the caller learns no more.
      return null;
    }
  }
}
