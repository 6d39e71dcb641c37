import type { Params } from 'nestjs-pino';
import type { TutorialApiConfig } from '../config.js';

/** JSON lines; requests at debug, as info is for what happens to rooms. Secrets never get in. */
export function loggerOptions(config: TutorialApiConfig): Params {
  return {
    pinoHttp: {
      name: config.NODE_NAME,
      level: config.LOG_LEVEL,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
      customLogLevel: () => 'debug',
    },
  };
}
