import type { LoggerService } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';

/** Nest's own lines through the process's logger; its start-up chatter only at debug. */
export class NestLogger implements LoggerService {
  readonly #logger: PinoLogger;

  constructor(logger: PinoLogger) {
    this.#logger = logger;
  }

  log(message: unknown): void {
    this.#logger.debug(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.#logger.error({ stack }, String(message));
  }

  warn(message: unknown): void {
    this.#logger.warn(String(message));
  }
}
