import { createApp } from './app.js';
import { readConfig } from './config.js';
import { RegistrationService } from './node/registration.service.js';
import { SurroundingsService } from './node/surroundings.service.js';

try {
  const config = readConfig(process.env);
  const app = await createApp(config);
  const { logger } = app.get(SurroundingsService);
  await app.listen(config.PORT, config.HOST);
  await app.get(RegistrationService).enter();
  logger.info({ url: await app.getUrl() }, 'master running');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
