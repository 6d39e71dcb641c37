import 'reflect-metadata';
import { pino } from 'pino';
import { ConfigError, parseFleetConfig } from './config.js';
import { startFleet } from './fleet.js';

/** Milliseconds after which an orderly stop is given up. */
const stopTimeoutMs = 4000;

async function main(): Promise<void> {
  const config = parseFleetConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: { pid: process.pid, role: 'fleet' } });
  const fleet = await startFleet({ config, log });
  const stop = (signal: string, how: () => Promise<void>): void => {
    log.info({ signal }, 'fleet stopping');
    setTimeout(() => process.exit(1), stopTimeoutMs);
    how().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  // SIGTERM ends this process only: another fleet takes its nodes over. SIGINT ends what it runs.
  process.on('SIGTERM', () => stop('SIGTERM', () => fleet.leave()));
  process.on('SIGINT', () => stop('SIGINT', () => fleet.end()));
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The fleet can't start: ${reason}\n`);
  // A wrong environment won't mend itself: supervisors can tell it from a crash.
  process.exit(error instanceof ConfigError ? 78 : 1);
});
