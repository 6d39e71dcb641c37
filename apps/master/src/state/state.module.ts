import {
  Awake,
  createRedis,
  createSubscriber,
  DrainOrders,
  EventChannels,
  EventLog,
  LifeReader,
  NodeRegistry,
  Reasserter,
  type Retention,
  SessionStore,
  StateGate,
  StateRedis,
} from '@evercall/cluster';
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, type MasterConfig } from '../config.js';
import { LOGGER } from '../logging.js';
import { longestMoveMs } from '../moving/domain/planned-move.js';
import { IDENTITY, type Identity } from '../node/identity.js';

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
      provide: StateRedis,
      inject: [CONFIG, LOGGER],
      useFactory: (config: MasterConfig, logger: Logger) => createRedis(config.REDIS_URL, logger),
    },
    {
      provide: SessionStore,
      inject: [StateRedis, CONFIG, IDENTITY],
      useFactory: (redis: StateRedis, config: MasterConfig, { id }: Identity) =>
        new SessionStore(redis, id, retention(config)),
    },
    { provide: LifeReader, inject: [StateRedis], useFactory: (redis: StateRedis) => new LifeReader(redis) },
    {
      provide: Reasserter,
      inject: [StateRedis, CONFIG, IDENTITY],
      useFactory: (redis: StateRedis, config: MasterConfig, { id }: Identity) =>
        new Reasserter(redis, id, {
          graceMs: config.EVERCALL_GRACE_MS,
          tokenTtlMs: config.EVERCALL_TOKEN_TTL_MS,
          moveMs: longestMoveMs,
          retention: retention(config),
        }),
    },
    { provide: StateGate, inject: [StateRedis], useFactory: ({ gate }: StateRedis) => gate },
    { provide: EventLog, inject: [StateRedis], useFactory: (redis: StateRedis) => new EventLog(redis) },
    { provide: DrainOrders, inject: [StateRedis], useFactory: (redis: StateRedis) => new DrainOrders(redis) },
    {
      provide: NodeRegistry,
      inject: [StateRedis],
      useFactory: (redis: StateRedis) => new NodeRegistry(redis),
    },
    {
      provide: Awake,
      inject: [NodeRegistry, IDENTITY, LOGGER],
      useFactory: (registry: NodeRegistry, { id }: Identity, logger: Logger) =>
        new Awake(registry, {
          nodeId: id,
          onLost: () => {
            logger.fatal('this master was declared lost while it slept; its supervisor starts a fresh one');
            process.exit(1);
          },
        }),
    },
    {
      provide: EventChannels,
      inject: [CONFIG, LOGGER],
      useFactory: (config: MasterConfig, logger: Logger) =>
        new EventChannels(createSubscriber(config.REDIS_URL, logger.child({ redis: 'subscriber' }))),
    },
  ],
  exports: [
    Awake,
    StateRedis,
    StateGate,
    LifeReader,
    Reasserter,
    SessionStore,
    EventLog,
    NodeRegistry,
    DrainOrders,
    EventChannels,
  ],
})
export class StateModule implements OnApplicationShutdown {
  readonly #redis: StateRedis;
  readonly #channels: EventChannels;

  constructor(redis: StateRedis, channels: EventChannels) {
    this.#redis = redis;
    this.#channels = channels;
  }

  /** Last of all: everything else may still have something to write until here. */
  onApplicationShutdown(): void {
    this.#channels.close();
    this.#redis.disconnect();
  }
}
