import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CONFIG, type MasterConfig } from '../config.js';
import { createLogger, LOGGER } from '../logging.js';
import { CLOCK, createIds, IDENTITY, IDS } from './identity.js';
import { NodeStateService } from './node-state.js';
import { NodesInDoubt } from './nodes-in-doubt.js';
import { SurroundingsService } from './surroundings.service.js';

/** What every part of a master may know: configuration, identity, ids, clock, logger. */
@Global()
@Module({})
export class NodeModule {
  static from(config: MasterConfig): DynamicModule {
    const ids = createIds();
    const identity = { id: ids.masterId(), name: config.NODE_NAME, startedAt: Date.now() };
    const logger = createLogger(config.LOG_LEVEL, { nodeId: identity.id, nodeName: identity.name });
    return {
      module: NodeModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: IDS, useValue: ids },
        { provide: IDENTITY, useValue: identity },
        { provide: CLOCK, useValue: () => Date.now() },
        { provide: LOGGER, useValue: logger },
        NodeStateService,
        NodesInDoubt,
        SurroundingsService,
      ],
      exports: [CONFIG, IDS, IDENTITY, CLOCK, LOGGER, NodeStateService, NodesInDoubt, SurroundingsService],
    };
  }
}
