import { createApp } from './app.js';
import { readConfig } from './config.js';
import { DepartureService } from './drain/departure.service.js';
import { RegistrationService } from './node/registration.service.js';

/** Milliseconds after which an orderly end is given up. */
const endTimeoutMs = 3000;

try {
  const config = readConfig(process.env);
  const app = await createApp(config);
  const departure = app.get(DepartureService);
  process.on('SIGTERM', () => departure.askToLeave());
  process.on('SIGINT', () => departure.leaveAtOnce());
  await app.listen(config.PORT, config.HOST);
  // A master that waits for the shared state can be told to end, too.
  await Promise.race([app.get(RegistrationService).enter(), departure.left]);
  await departure.left;
  setTimeout(() => process.exit(1), endTimeoutMs);
  await app.close();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
