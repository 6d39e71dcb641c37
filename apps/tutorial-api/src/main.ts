import 'reflect-metadata';
import { pino } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import { ConfigError, readConfig, type TutorialApiConfig } from './config.js';
import { createApp } from './create-app.js';
import { migrate } from './database/migrate.js';

async function start(config: TutorialApiConfig): Promise<void> {
  const logger = pino({ name: config.NODE_NAME, level: config.LOG_LEVEL });
  const { applied, engine } = await migrate(config.DATABASE_URL);
  if (applied.length > 0) logger.info({ applied, engine }, 'database migrated');
  collectDefaultMetrics({ prefix: 'evercall_' });
  const app = await createApp(config);
  app.enableShutdownHooks();
  await app.listen(config.PORT, config.HOST);
  logger.info({ url: await app.getUrl(), identity: config.TUTORIAL_IDENTITY }, 'tutorial-api is running');
}

try {
  await start(readConfig(process.env));
} catch (error) {
  // A wrong setting needs no stack; anything else does.
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
