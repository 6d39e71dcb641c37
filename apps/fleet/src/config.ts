import { RedisUrl } from '@evercall/cluster';
import { z } from 'zod';

const developmentSecret = 'MY_SECRET';

/** The environment of a fleet. */
export const fleetConfigSchema = z.object({
  NODE_ENV: z.string().default('development').describe('`production` refuses the default secret.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address that HTTP listens on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4490).describe('TCP port of HTTP.'),
  REDIS_URL: RedisUrl.default('redis://127.0.0.1:6379').describe('Redis of the cluster, or its Sentinels.'),
  OPENVIDU_SECRET: z
    .string()
    .min(1)
    .default(developmentSecret)
    .describe('Secret of the cluster; the same on every node.'),
  FLEET_PLAN: z.string().min(1).describe('File that says which nodes there may be (JSON).'),
  FLEET_RUN_DIR: z.string().min(1).describe('Folder of the process records.'),
  FLEET_LOGS_DIR: z.string().min(1).describe('Folder of the log files of the nodes.'),
  EVERCALL_DRAIN_MS: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(30_000)
    .describe('How long a node that is told to leave may take to hand over what it carries, in ms.'),
  EVERCALL_PLAYGROUND: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      '1: the fleet lets whoever knows the secret kill and freeze nodes. npm start sets it, for the tutorial.',
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest level that is logged.'),
});
export type FleetConfig = Readonly<z.infer<typeof fleetConfigSchema>>;

/** The environment is wrong; the message names the variable and says what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment. An empty variable counts as absent.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function parseFleetConfig(env: NodeJS.ProcessEnv): FleetConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = fleetConfigSchema.safeParse(given);
  if (error) {
    throw new ConfigError(
      error.issues.map(({ path, message }) => `${path.join('.')} is wrong: ${message}`).join('; '),
    );
  }
  if (data.NODE_ENV === 'production' && data.OPENVIDU_SECRET === developmentSecret) {
    throw new ConfigError('OPENVIDU_SECRET must be set to a secret of your own in production');
  }
  return data;
}
