import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { parseSentinelUrl, type SentinelSettings } from './redis-settings.js';

/** Milliseconds after which an unanswered command fails. */
const commandTimeout = 2000;

/** RESP2 replies: lists stay lists, as the typed wrappers expect them. */
type Options = RedisOptions & { replyMapping?: 'legacy' };

/**
 * The one place where clients of the shared state are made, with the settings that survive a failover: short
 * time-outs, endless quick reconnecting, away from a server that became read-only.
 *
 * @param url see {@link RedisUrl}
 * @param logger gets one line when the connection comes up and one when it goes
 */
export function createRedis(url: string, logger: Logger): Redis {
  const options: Options = {
    connectTimeout: 500,
    disconnectTimeout: 200,
    commandTimeout,
    maxRetriesPerRequest: null,
    enableAutoPipelining: false,
    retryStrategy: (attempt: number) => Math.min(20 * attempt, 250) * (0.5 + Math.random() / 2),
    // A failover left us on a replica: reconnect, and send the command again.
    reconnectOnError: (error: Error) => (error.message.startsWith('READONLY') ? 2 : false),
  };
  const sentinel = parseSentinelUrl(url);
  const redis = sentinel ? new Redis(sentinelOptions(options, sentinel)) : new Redis(url, options);
  let connected = false;
  redis.on('ready', () => {
    connected = true;
    logger.info('redis connected');
  });
  redis.on('close', () => {
    // Each failed attempt to come back closes, too; only the first one is news.
    if (connected) logger.info('redis connection lost');
    connected = false;
  });
  // Without a listener ioredis prints each failed attempt; the two lines above say what matters.
  redis.on('error', (error: Error) => logger.debug({ err: error }, 'redis error'));
  return redis;
}

function sentinelOptions(options: Options, sentinel: SentinelSettings): Options {
  return {
    ...options,
    ...sentinel,
    failoverDetector: true,
    sentinelRetryStrategy: (attempt: number) => Math.min(50 * attempt, 250),
  };
}
