import 'reflect-metadata';
import { pino } from 'pino';
import { ConfigError, parseMediaConfig } from './config.js';
import { startMediaNode } from './media-node.js';

/** Milliseconds after which an orderly stop is given up. */
const stopTimeoutMs = 2000;

async function main(): Promise<void> {
  const config = parseMediaConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: { pid: process.pid, role: 'media' } });
  // Media of many sessions runs here: one that fails in an unforeseen way must not end the others.
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught error'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  const node = await startMediaNode({ config, log, onLost: () => process.exit(1) });
  process.on('SIGTERM', () => node.askToLeave());
  process.on('SIGINT', () => node.leaveAtOnce());
  await node.left;
  setTimeout(() => process.exit(1), stopTimeoutMs);
  try {
    await node.stop();
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'could not stop in order');
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The media node can't start: ${reason}\n`);
  // A wrong environment won't mend itself: supervisors can tell it from a crash.
  process.exit(error instanceof ConfigError ? 78 : 1);
});
