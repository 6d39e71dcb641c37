import { Evercall, exponentialRetry } from '@evercall/server-sdk';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { LoggerModule } from 'nestjs-pino';
import { clusterParts } from './cluster/cluster-parts.js';
import type { TutorialApiConfig } from './config.js';
import { CONFIG } from './config-token.js';
import { createPrisma } from './database/prisma.js';
import { ENTRY_POLICY, EntryService } from './entry/entry.service.js';
import { AnonymousEntry, type EntryPolicy, JwtEntry } from './entry/entry-policy.js';
import { PrismaClient } from './generated/client.js';
import { HealthController } from './health/health.controller.js';
import { ProcessState } from './health/process-state.js';
import { ErrorFilter } from './http/error.filter.js';
import { loggerOptions } from './http/logger-options.js';
import { RoomStore } from './rooms/room-store.js';
import { RoomsController } from './rooms/rooms.controller.js';
import { RoomsService } from './rooms/rooms.service.js';

const minuteMs = 60_000;
/** Milliseconds that the platform may be away before a browser is told to ask again. */
const platformBudgetMs = 8_000;

/** The application; everything that depends on settings is made here. */
@Module({})
export class AppModule implements OnApplicationShutdown {
  readonly #prisma: PrismaClient;

  constructor(@Inject(PrismaClient) prisma: PrismaClient) {
    this.#prisma = prisma;
  }

  static with(config: TutorialApiConfig): DynamicModule {
    const cluster = clusterParts(config);
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(config)),
        ThrottlerModule.forRoot([{ ttl: minuteMs, limit: config.TUTORIAL_RATE_LIMIT }]),
      ],
      controllers: [RoomsController, HealthController, ...cluster.controllers],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: PrismaClient, useFactory: () => createPrisma(config.DATABASE_URL) },
        { provide: Evercall, useFactory: () => createEvercall(config) },
        { provide: ENTRY_POLICY, useFactory: () => createEntryPolicy(config) },
        { provide: APP_FILTER, useClass: ErrorFilter },
        ProcessState,
        RoomStore,
        RoomsService,
        EntryService,
        ...cluster.providers,
      ],
    };
  }

  /** After the last request was answered. */
  async onApplicationShutdown(): Promise<void> {
    await this.#prisma.$disconnect();
  }
}

function createEvercall(config: TutorialApiConfig): Evercall {
  return new Evercall({
    url: config.OPENVIDU_URL,
    secret: config.OPENVIDU_SECRET,
    retry: exponentialRetry({ budgetMs: platformBudgetMs, tryTimeoutMs: 3_000, firstDelayMs: 50 }),
  });
}

function createEntryPolicy(config: TutorialApiConfig): EntryPolicy {
  return config.TUTORIAL_IDENTITY === 'jwt'
    ? new JwtEntry(config.TUTORIAL_JWT_SECRET ?? '')
    : new AnonymousEntry({ createsRooms: config.NODE_ENV !== 'production' });
}
