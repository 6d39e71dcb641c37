import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PinoLogger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import type { TutorialApiConfig } from './config.js';
import { NestLogger } from './http/nest-logger.js';

/** Largest body, as Express spells it: a request is a name and little else. */
const bodyLimit = '16kb';

/** Builds the application; the caller listens and closes. */
export async function createApp(config: TutorialApiConfig): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    bufferLogs: true,
    bodyParser: false,
  });
  app.useLogger(new NestLogger(await app.resolve(PinoLogger)));
  app.useBodyParser('json', { limit: bodyLimit });
  app.set('trust proxy', config.TUTORIAL_TRUST_PROXY);
  app.disable('x-powered-by');
  return app;
}
