import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import { LOGGER } from '../tokens.js';
import { MasterLinksService } from './master-links.service.js';

/** Milliseconds between two looks. */
const intervalMs = 1000;

/** Closes all media when no master has had a link for the whole orphan grace. */
@Injectable()
export class OrphanWatchService {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    private readonly links: MasterLinksService,
    private readonly legs: LegDirectoryService,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.#check(), intervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    if (!this.links.orphaned) return;
    const { length: count } = this.legs.all();
    if (count === 0) return;
    this.log.warn({ legs: count }, 'no master came back within the orphan grace');
    this.legs.closeAll('orphaned');
  }
}
