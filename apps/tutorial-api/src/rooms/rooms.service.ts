import { randomInt } from 'node:crypto';
import { Evercall, EvercallError } from '@evercall/server-sdk';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { ApiError } from '../http/api-error.js';
import type { Room } from './room.js';
import type { CreateRoomRequest } from './room-requests.js';
import { RoomStore } from './room-store.js';
import { slugFromName, slugLength } from './slug.js';

/** How many derived slugs are tried before the caller is asked for one. */
const slugTries = 5;

/** Rooms: created, listed, opened, closed. */
@Injectable()
export class RoomsService {
  readonly #store: RoomStore;
  readonly #evercall: Evercall;
  readonly #logger: PinoLogger;

  constructor(store: RoomStore, evercall: Evercall, logger: PinoLogger) {
    this.#store = store;
    this.#evercall = evercall;
    this.#logger = logger;
  }

  list(): Promise<Room[]> {
    return this.#store.list();
  }

  /** @throws ApiError `ROOM_NOT_FOUND` */
  async get(slug: string): Promise<Room> {
    return found(await this.#store.find(slug), slug);
  }

  /** @throws ApiError `ROOM_EXISTS`, `BAD_REQUEST` if no slug can be derived from the name */
  async create({ name, slug, recovery }: CreateRoomRequest): Promise<Room> {
    for (const candidate of slug === undefined ? derivedSlugs(name) : [slug]) {
      const room = await this.#store.create({ slug: candidate, name, recovery });
      if (room) {
        this.#logger.info({ room: room.slug, recovery }, 'room created');
        return room;
      }
    }
    throw new ApiError('ROOM_EXISTS', `there is a room ${slug ?? slugFromName(name)} already`, {
      field: 'slug',
    });
  }

  /** @throws ApiError `ROOM_NOT_FOUND` */
  async open(slug: string): Promise<Room> {
    const room = found(await this.#store.setState(slug, 'open', new Date()), slug);
    this.#logger.info({ room: slug }, 'room opened');
    return room;
  }

  /**
   * Closes the room and its session. Once closed nobody gets in, so the session is ended after that; asking again
   * finishes what a missing platform had interrupted.
   *
   * @throws ApiError `ROOM_NOT_FOUND`
   * @throws EvercallError
   */
  async close(slug: string): Promise<Room> {
    const room = found(await this.#store.setState(slug, 'closed', new Date()), slug);
    await this.endSession(slug);
    this.#logger.info({ room: slug }, 'room closed');
    return room;
  }

  /** Ends the room's session, if it has one. @throws EvercallError */
  async endSession(slug: string): Promise<void> {
    try {
      await this.#evercall.closeSession(slug);
    } catch (error) {
      if (!(error instanceof EvercallError && error.code === 'notFound')) throw error;
    }
  }
}

function found(room: Room | undefined, slug: string): Room {
  if (room) return room;
  throw new ApiError('ROOM_NOT_FOUND', `there is no room ${slug}`);
}

/** The name's own slug, then ones with a number behind. */
function derivedSlugs(name: string): string[] {
  const slug = slugFromName(name);
  if (!slug) {
    throw new ApiError('BAD_REQUEST', 'name: has no letter or digit for a link; give a slug', {
      field: 'slug',
    });
  }
  const numbered = Array.from(
    { length: slugTries - 1 },
    () => `${slug.slice(0, slugLength - 6)}-${randomInt(1e4)}`,
  );
  return [slug, ...numbered];
}
