import type { Recovery } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { PrismaClient } from '../generated/client.js';
import { PrismaClientKnownRequestError } from '../generated/internal/prismaNamespace.js';
import { type Room, recoveryInDatabase, roomFromRow } from './room.js';

/** What a new room begins with. */
export interface NewRoom {
  slug: string;
  name: string;
  recovery: Recovery;
}

/** How many rooms a list holds at most. */
const listLength = 100;

/** The rooms in Postgres. Each method is one statement or one transaction. */
@Injectable()
export class RoomStore {
  readonly #prisma: PrismaClient;

  constructor(prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  /** The newest rooms first, 100 at most. */
  async list(): Promise<Room[]> {
    const rows = await this.#prisma.room.findMany({ orderBy: { createdAt: 'desc' }, take: listLength });
    return rows.map(roomFromRow);
  }

  async find(slug: string): Promise<Room | undefined> {
    const row = await this.#prisma.room.findUnique({ where: { slug } });
    return row ? roomFromRow(row) : undefined;
  }

  /** @returns the room, or `undefined` if the slug is taken */
  async create(room: NewRoom): Promise<Room | undefined> {
    try {
      return roomFromRow(await this.#prisma.room.create({ data: toData(room) }));
    } catch (error) {
      // P2002: the unique index refused it.
      if (error instanceof PrismaClientKnownRequestError && error.code === 'P2002') return undefined;
      throw error;
    }
  }

  /** The room with this slug, created if there is none; one winner when several ask at once. */
  async findOrCreate(room: NewRoom): Promise<Room> {
    await this.#prisma.room.createMany({ data: [toData(room)], skipDuplicates: true });
    return roomFromRow(await this.#prisma.room.findUniqueOrThrow({ where: { slug: room.slug } }));
  }

  /** @returns the room as it is now, or `undefined` if there is none */
  async setState(slug: string, state: Room['state'], now: Date): Promise<Room | undefined> {
    // Only a change counts: the time of closing stays when a closed room is closed again.
    await this.#prisma.room.updateMany({
      where: { slug, state: state === 'open' ? 'CLOSED' : 'OPEN' },
      data: state === 'open' ? { state: 'OPEN', closedAt: null } : { state: 'CLOSED', closedAt: now },
    });
    return this.find(slug);
  }
}

function toData({ slug, name, recovery }: NewRoom) {
  return { slug, name, recovery: recoveryInDatabase[recovery] };
}
