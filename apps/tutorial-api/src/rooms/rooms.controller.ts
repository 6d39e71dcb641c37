import { Body, Controller, Get, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { Request } from 'express';
import { EntryService } from '../entry/entry.service.js';
import { parse } from '../http/parse.js';
import type { Room } from './room.js';
import { CreateRoomRequest, RoomPath, TokenRequest } from './room-requests.js';
import { RoomsService } from './rooms.service.js';

/** Who asks, when the body names nobody. */
const asker = ({ headers }: Request) => ({ headers, name: undefined });

@Controller('api/rooms')
export class RoomsController {
  readonly #rooms: RoomsService;
  readonly #entry: EntryService;

  constructor(rooms: RoomsService, entry: EntryService) {
    this.#rooms = rooms;
    this.#entry = entry;
  }

  @Get()
  async list(@Req() request: Request): Promise<{ rooms: Room[] }> {
    await this.#entry.identify(asker(request));
    return { rooms: await this.#rooms.list() };
  }

  @Post()
  @UseGuards(ThrottlerGuard)
  async create(@Req() request: Request, @Body() body: unknown): Promise<Room> {
    await this.#entry.identifyManager(asker(request));
    return this.#rooms.create(parse(CreateRoomRequest, body));
  }

  @Get(':slug')
  async get(@Req() request: Request, @Param() path: unknown): Promise<Room> {
    await this.#entry.identify(asker(request));
    return this.#rooms.get(parse(RoomPath, path).slug);
  }

  @Post(':slug/open')
  @HttpCode(200)
  async open(@Req() request: Request, @Param() path: unknown): Promise<Room> {
    await this.#entry.identifyManager(asker(request));
    return this.#rooms.open(parse(RoomPath, path).slug);
  }

  @Post(':slug/close')
  @HttpCode(200)
  async close(@Req() request: Request, @Param() path: unknown): Promise<Room> {
    await this.#entry.identifyManager(asker(request));
    return this.#rooms.close(parse(RoomPath, path).slug);
  }

  @Post(':slug/token')
  @HttpCode(200)
  @UseGuards(ThrottlerGuard)
  async token(@Req() { headers }: Request, @Param() path: unknown, @Body() body: unknown) {
    const { slug } = parse(RoomPath, path);
    const { name, recovery } = parse(TokenRequest, body ?? {});
    const { token, sessionId, role, room } = await this.#entry.enter({ slug, recovery }, { headers, name });
    return { token, sessionId, role, room: { slug: room.slug, name: room.name, recovery: room.recovery } };
  }
}
