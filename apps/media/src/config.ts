import { availableParallelism } from 'node:os';
import { RedisUrl } from '@evercall/cluster';
import { z } from 'zod';

const developmentSecret = 'MY_SECRET';
const port = () => z.coerce.number().int().min(1).max(65_535);

/** The environment of a media node. */
export const mediaConfigSchema = z.object({
  NODE_ENV: z.string().default('development').describe('`production` refuses the default secret.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address that HTTP and control links listen on.'),
  PORT: port().default(4600).describe('TCP port of HTTP and control links.'),
  NODE_NAME: z.string().min(1).max(64).default('media-1').describe('Name for people; needn’t be unique.'),
  ADVERTISED_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('URL at which masters reach this node. Default: http://HOST:PORT.'),
  REDIS_URL: RedisUrl.default('redis://127.0.0.1:6379').describe('Redis of the cluster, or its Sentinels.'),
  OPENVIDU_SECRET: z
    .string()
    .min(1)
    .default(developmentSecret)
    .describe('Secret of the cluster; the same on every node.'),
  MEDIA_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('mediasoup workers. Default: one per core.'),
  MEDIA_PORT_BASE: port()
    .default(40_000)
    .describe('Worker i receives and sends media on UDP and TCP port MEDIA_PORT_BASE + i.'),
  MEDIA_LISTEN_ADDRESS: z
    .union([z.ipv4(), z.ipv6()])
    .default('127.0.0.1')
    .describe('IP address that media listens on.'),
  MEDIA_ANNOUNCED_ADDRESS: z
    .string()
    .min(1)
    .optional()
    .describe('Address or host name that browsers send media to, if it isn’t MEDIA_LISTEN_ADDRESS.'),
  EVERCALL_ORPHAN_GRACE_MS: z.coerce
    .number()
    .int()
    .min(1000)
    .default(120_000)
    .describe('Milliseconds that media goes on without a link to any master.'),
  EVERCALL_DRAIN_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe(
      'Milliseconds that a node has to hand its work over after SIGTERM; a second one ends it at once.',
    ),
  EVERCALL_MEDIA_MAX_CONSUMERS_PER_WORKER: z.coerce
    .number()
    .int()
    .min(1)
    .default(500)
    .describe('Consumers that one worker is meant to carry; sessions are placed by it.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest level that is logged.'),
  MEDIASOUP_WORKER_BIN: z
    .string()
    .min(1)
    .optional()
    .describe('Path of the mediasoup worker. Default: the one inside mediasoup’s package.'),
});

/** The parsed environment, with what follows from other variables filled in. */
export type MediaConfig = Readonly<z.infer<typeof mediaConfigSchema>> & {
  readonly ADVERTISED_URL: string;
  readonly MEDIA_WORKERS: number;
};

/** The environment is wrong; the message names the variable and says what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment. An empty variable counts as absent.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function parseMediaConfig(env: Record<string, string | undefined>): MediaConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = mediaConfigSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} is wrong: ${issue.message}`).join('; '),
    );
  }
  const config = {
    ...parsed.data,
    ADVERTISED_URL: parsed.data.ADVERTISED_URL ?? `http://${parsed.data.HOST}:${parsed.data.PORT}`,
    MEDIA_WORKERS: parsed.data.MEDIA_WORKERS ?? availableParallelism(),
  };
  if (config.NODE_ENV === 'production' && config.OPENVIDU_SECRET === developmentSecret) {
    throw new ConfigError('OPENVIDU_SECRET must be set to a secret of your own in production');
  }
  if (config.MEDIA_PORT_BASE + config.MEDIA_WORKERS - 1 > 65_535) {
    throw new ConfigError(
      `MEDIA_PORT_BASE is wrong: ${config.MEDIA_WORKERS} workers need ports above 65535 from ${config.MEDIA_PORT_BASE}`,
    );
  }
  return config;
}
