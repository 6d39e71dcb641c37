import { Evercall } from '@evercall/server-sdk';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { ApiError } from '../http/api-error.js';
import type { Room } from '../rooms/room.js';
import { RoomStore } from '../rooms/room-store.js';
import { RoomsService } from '../rooms/rooms.service.js';
import { type Admission, admit } from './admission.js';
import type { EntryPolicy, EntryRequest, Identity } from './entry-policy.js';

/** Key under which Nest injects the {@link EntryPolicy}. */
export const ENTRY_POLICY = Symbol('EntryPolicy');

/** Which room, and who repairs it if it is made now. */
export type WantedRoom = Pick<Room, 'slug' | 'recovery'>;

/** Lets people into rooms. */
@Injectable()
export class EntryService {
  readonly #policy: EntryPolicy;
  readonly #store: RoomStore;
  readonly #rooms: RoomsService;
  readonly #evercall: Evercall;
  readonly #logger: PinoLogger;

  constructor(
    @Inject(ENTRY_POLICY) policy: EntryPolicy,
    store: RoomStore,
    rooms: RoomsService,
    evercall: Evercall,
    logger: PinoLogger,
  ) {
    this.#policy = policy;
    this.#store = store;
    this.#rooms = rooms;
    this.#evercall = evercall;
    this.#logger = logger;
  }

  /** @throws ApiError `UNAUTHENTICATED` */
  async identify(request: EntryRequest): Promise<Identity> {
    const identity = await this.#policy.identify(request);
    if (identity) return identity;
    throw new ApiError('UNAUTHENTICATED', 'sign in first');
  }

  /** @throws ApiError `UNAUTHENTICATED`, `FORBIDDEN` */
  async identifyManager(request: EntryRequest): Promise<Identity> {
    const identity = await this.identify(request);
    if (this.#policy.mayManage(identity)) return identity;
    throw new ApiError('FORBIDDEN', 'you may not manage rooms');
  }

  /**
   * Admits somebody to a room: a token for one browser.
   *
   * @throws ApiError `UNAUTHENTICATED`, `FORBIDDEN`, `ROOM_NOT_FOUND`, `ROOM_CLOSED`
   * @throws EvercallError
   */
  async enter(wanted: WantedRoom, request: EntryRequest): Promise<Admission & { room: Room }> {
    const { slug } = wanted;
    const identity = await this.identify(request);
    const room = await this.#room(wanted);
    const role = this.#policy.authorize(identity, room);
    if (role === 'deny') throw new ApiError('FORBIDDEN', `you may not enter ${room.name}`);
    const admission = await admit(this.#evercall, room, { ...identity, role });
    await this.#takeBackIfClosed(slug);
    const { connectionId, sessionId } = admission;
    this.#logger.info({ room: slug, sessionId, connectionId, role }, 'participant admitted');
    return { ...admission, room };
  }

  async #room({ slug, recovery }: WantedRoom): Promise<Room> {
    const room = this.#policy.createsRooms
      ? await this.#store.findOrCreate({ slug, name: slug, recovery })
      : await this.#rooms.get(slug);
    return mustBeOpen(room);
  }

  /** Somebody may close the room while we admit; whichever came first, no session of a closed room stays. */
  async #takeBackIfClosed(slug: string): Promise<void> {
    const room = await this.#rooms.get(slug);
    if (room.state === 'open') return;
    await this.#rooms.endSession(slug);
    mustBeOpen(room);
  }
}

function mustBeOpen(room: Room): Room {
  if (room.state === 'open') return room;
  throw new ApiError('ROOM_CLOSED', `${room.name} is closed`);
}
