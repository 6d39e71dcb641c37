import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { parseSentinelUrl, type SentinelSettings } from './redis-settings.js';
import { type LegacyOptions as Options, StateRedis } from './state-redis.js';

/** Milliseconds after which an unanswered command fails. */
const commandTimeout = 2000;

/** Milliseconds after which a server that loads its data is asked again, at the latest. */
const loadingRetryMs = 100;

const common: Options = {
  connectTimeout: 500,
  disconnectTimeout: 200,
  commandTimeout,
  maxRetriesPerRequest: null,
  maxLoadingRetryTime: loadingRetryMs,
  enableAutoPipelining: false,
  retryStrategy: (attempt: number) => Math.min(20 * attempt, 250) * (0.5 + Math.random() / 2),
  // A failover left us on a replica: reconnect.
  reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  // Nothing is sent on a later connection than it was meant for: that one may be to a server with less data.
  autoResendUnfulfilledCommands: false,
};

/**
 * The one place where clients of the shared state are made, with the settings that survive a failover: short
 * time-outs, endless quick reconnecting, away from a server that became read-only. A command fails at once while there
 * is no connection; what is about sessions waits for the gate.
 *
 * @param url see {@link RedisUrl}
 * @param logger gets one line when the connection comes up and one when it goes
 */
export function createRedis(url: string, logger: Logger): StateRedis {
  return watched(new StateRedis({ ...connection(url), ...common, enableOfflineQueue: false }), logger);
}

/** A client for {@link EventChannels}: it may only subscribe, and does so again after a reconnect by itself. */
export function createSubscriber(url: string, logger: Logger): Redis {
  return watched(new Redis({ ...connection(url), ...common, autoResubscribe: false }), logger);
}

function watched<R extends Redis>(redis: R, logger: Logger): R {
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

function connection(url: string): Options {
  const sentinel = parseSentinelUrl(url);
  return sentinel ? sentinelOptions(sentinel) : addressOptions(new URL(url));
}

function addressOptions({ protocol, hostname, port, username, password, pathname }: URL): Options {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

function sentinelOptions(sentinel: SentinelSettings): Options {
  return {
    ...sentinel,
    failoverDetector: true,
    sentinelRetryStrategy: (attempt: number) => Math.min(50 * attempt, 250),
  };
}
