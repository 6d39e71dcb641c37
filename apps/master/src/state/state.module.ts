import {
  createRedis,
  DrainOrders,
  EventChannels,
  EventLog,
  NodeRegistry,
  type Retention,
  SessionStore,
} from '@evercall/cluster';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { CONFIG, type MasterConfig } from '../config.js';
import { LOGGER } from '../logging.js';
import { IDENTITY, type Identity } from '../node/identity.js';

const REDIS = Symbol('REDIS');

/** How long things are kept in the shared state, in milliseconds. */
function retention(config: MasterConfig): Retention {
  return {
    mutationMs: 600_000,
    // A client that is away for the whole grace period must still find what it missed.
    logMs: 4 * config.EVERCALL_GRACE_MS,
    endedMs: Math.max(600_000, 8 * config.EVERCALL_GRACE_MS),
    counterMs: 30 * 86_400_000,
  };
}

/** The shared state, as this master reaches it. */
@Global()
@Module({
  providers: [
    {
      provide: REDIS,
      inject: [CONFIG, LOGGER],
      useFactory: (config: MasterConfig, logger: Logger) => createRedis(config.REDIS_URL, logger),
    },
    {
      provide: SessionStore,
      inject: [REDIS, CONFIG, IDENTITY],
      useFactory: (redis: Redis, config: MasterConfig, { id }: Identity) =>
        new SessionStore(redis, id, retention(config)),
    },
    { provide: EventLog, inject: [REDIS], useFactory: (redis: Redis) => new EventLog(redis) },
    { provide: DrainOrders, inject: [REDIS], useFactory: (redis: Redis) => new DrainOrders(redis) },
    { provide: NodeRegistry, inject: [REDIS], useFactory: (redis: Redis) => new NodeRegistry(redis) },
    {
      provide: EventChannels,
      inject: [CONFIG, LOGGER],
      useFactory: (config: MasterConfig, logger: Logger) =>
        new EventChannels(createRedis(config.REDIS_URL, logger.child({ redis: 'subscriber' }))),
    },
  ],
  exports: [SessionStore, EventLog, NodeRegistry, DrainOrders, EventChannels],
})
export class StateModule implements OnApplicationShutdown {
  readonly #redis: Redis;
  readonly #channels: EventChannels;

  constructor(@Inject(REDIS) redis: Redis, channels: EventChannels) {
    this.#redis = redis;
    this.#channels = channels;
  }

  /** Last of all: everything else may still have something to write until here. */
  onApplicationShutdown(): void {
    this.#channels.close();
    this.#redis.disconnect();
  }
}
