import type { IdFactory } from '@evercall/protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type MasterConfig } from '../config.js';
import { LOGGER } from '../logging.js';
import { CLOCK, type Clock, IDENTITY, IDS, type Identity } from './identity.js';

/** What the services of a master share of its surroundings. */
@Injectable()
export class SurroundingsService {
  constructor(
    @Inject(CONFIG) readonly config: MasterConfig,
    @Inject(IDENTITY) readonly identity: Identity,
    @Inject(IDS) readonly ids: IdFactory,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(LOGGER) readonly logger: Logger,
  ) {}
}
