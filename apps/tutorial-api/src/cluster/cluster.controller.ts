import { Controller, Get, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { EntryService } from '../entry/entry.service.js';
import { parse } from '../http/parse.js';
import { Slug } from '../rooms/slug.js';
import { ClusterService, type ClusterView } from './cluster.service.js';

const ViewQuery = z.object({ room: Slug.optional() });

/** What runs, for those who manage rooms: participants have no business with machines. */
@Controller('api/cluster')
export class ClusterController {
  readonly #cluster: ClusterService;
  readonly #entry: EntryService;

  constructor(cluster: ClusterService, entry: EntryService) {
    this.#cluster = cluster;
    this.#entry = entry;
  }

  @Get()
  async view(@Req() { headers }: Request, @Query() query: unknown): Promise<ClusterView> {
    await this.#entry.identifyManager({ headers, name: undefined });
    return this.#cluster.view(parse(ViewQuery, query).room);
  }
}
