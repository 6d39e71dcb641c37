import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { ClientIoAdapter } from './client/io-adapter.js';
import type { MasterConfig } from './config.js';
import { NestLogger } from './nest-logger.js';
import { SurroundingsService } from './node/surroundings.service.js';

/** Largest body of a REST request, in bytes. */
const largestBody = 1_000_000;

/** Builds a master; it listens when its `listen` is called. */
export async function createApp(config: MasterConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.from(config), {
    bufferLogs: true,
  });
  app.useLogger(new NestLogger(app.get(SurroundingsService).logger));
  app.set('trust proxy', config.TRUST_PROXY);
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: largestBody });
  app.useBodyParser('urlencoded', { limit: largestBody, extended: false });
  app.enableCors({ origin: config.CORS_ORIGIN });
  app.useWebSocketAdapter(new ClientIoAdapter(app, config.CORS_ORIGIN));
  return app;
}
