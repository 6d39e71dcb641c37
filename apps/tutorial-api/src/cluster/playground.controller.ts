import { Body, Controller, Delete, HttpCode, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { Request } from 'express';
import { z } from 'zod';
import { EntryService } from '../entry/entry.service.js';
import { parse } from '../http/parse.js';
import { PlaygroundService } from './playground.service.js';

const NodePath = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a node') });
const FaultPath = NodePath.extend({ fault: z.enum(['kill', 'freeze', 'thaw']) });
const WorkerPath = NodePath.extend({ index: z.coerce.number().int().min(0).max(255) });
/**
 * Every request must carry a JSON object: browsers send one to another site only after asking it first, so that no page
 * of somebody else's can kill nodes.
 */
const Nothing = z.object({}, 'must be a JSON object');

/** Faults on demand. Registered with `EVERCALL_PLAYGROUND=1` only; elsewhere these addresses don't exist. */
@Controller('api/cluster/nodes/:id')
@UseGuards(ThrottlerGuard)
export class PlaygroundController {
  readonly #playground: PlaygroundService;
  readonly #entry: EntryService;

  constructor(playground: PlaygroundService, entry: EntryService) {
    this.#playground = playground;
    this.#entry = entry;
  }

  @Post('drain')
  @HttpCode(202)
  async drain(@Req() request: Request, @Param() path: unknown, @Body() body: unknown): Promise<void> {
    await this.#admit(request, body);
    await this.#playground.drain(parse(NodePath, path).id);
  }

  @Delete('drain')
  @HttpCode(202)
  async cancelDrain(@Req() request: Request, @Param() path: unknown): Promise<void> {
    await this.#admit(request, {});
    await this.#playground.cancelDrain(parse(NodePath, path).id);
  }

  @Post('workers/:index/kill')
  @HttpCode(202)
  async killWorker(@Req() request: Request, @Param() path: unknown, @Body() body: unknown): Promise<void> {
    await this.#admit(request, body);
    const { id, index } = parse(WorkerPath, path);
    await this.#playground.killWorker(id, index);
  }

  @Post(':fault')
  @HttpCode(202)
  async inflict(@Req() request: Request, @Param() path: unknown, @Body() body: unknown): Promise<void> {
    await this.#admit(request, body);
    const { id, fault } = parse(FaultPath, path);
    await this.#playground.inflict(fault, id);
  }

  async #admit({ headers }: Request, body: unknown): Promise<void> {
    await this.#entry.identifyManager({ headers, name: undefined });
    parse(Nothing, body);
  }
}
