import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages in our log. What it says about its start interests only who debugs it. */
export class NestLogger implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(message: unknown, ...details: unknown[]): void {
    this.#log.debug({ details }, String(message));
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.#log.warn({ details }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.#log.error({ details }, String(message));
  }
}
