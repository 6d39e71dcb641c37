import { z } from 'zod';

/** Settings of this process, from environment variables. */
export const tutorialApiConfigSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('Stage; in production every choice that is unsafe as a default must be made explicitly.'),
  NODE_NAME: z.string().min(1).default('tutorial-api').describe('Name of this process for people.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(5081).describe('TCP port of the HTTP API.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('Postgres that keeps the rooms: postgresql://user:password@host:port/database.'),
  OPENVIDU_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:4443')
    .describe('Address of the load balancer in front of the masters.'),
  OPENVIDU_SECRET: z
    .string()
    .regex(/^[a-zA-Z0-9_-]+$/, 'must consist of letters, digits, _ and -')
    .default('MY_SECRET')
    .describe('Secret of the REST API; must be changed in production.'),
  TUTORIAL_IDENTITY: z
    .enum(['anonymous', 'jwt'])
    .optional()
    .describe(
      'Who may enter rooms: anonymous (the default in development) or jwt; no default in production.',
    ),
  TUTORIAL_JWT_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Shared secret that signs the tokens of TUTORIAL_IDENTITY=jwt (HS256), 32 characters or more.'),
  TUTORIAL_RATE_LIMIT: z.coerce
    .number()
    .int()
    .positive()
    .default(300)
    .describe('Requests for tokens and new rooms that one address may make per minute.'),
  TUTORIAL_TRUST_PROXY: z
    .string()
    .min(1)
    .default('loopback')
    .describe(
      'Comma-separated addresses whose X-Forwarded-For is believed, as for the trust proxy of Express.',
    ),
  FLEET_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://127.0.0.1:4490')
    .describe('Address of the fleet, which kills and freezes nodes for the cluster panel.'),
  EVERCALL_PLAYGROUND: z
    .enum(['0', '1'])
    .default('0')
    .describe('1 lets the page kill, freeze and drain nodes; refused in production.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severe lines that are logged.'),
});

/** Checked settings: the choices that only production must make explicitly are made. */
export type TutorialApiConfig = Omit<z.infer<typeof tutorialApiConfigSchema>, 'TUTORIAL_IDENTITY'> & {
  TUTORIAL_IDENTITY: 'anonymous' | 'jwt';
};

/** A wrong setting; the message is one sentence per setting, each naming it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings; an empty variable counts as unset.
 *
 * @throws ConfigError
 */
export function readConfig(env: Record<string, string | undefined>): TutorialApiConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = tutorialApiConfigSchema.safeParse(set);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '),
    );
  }
  const config = parsed.data;
  const identity = config.TUTORIAL_IDENTITY ?? (config.NODE_ENV === 'production' ? undefined : 'anonymous');
  if (identity === undefined) {
    throw new ConfigError('TUTORIAL_IDENTITY: must be set to jwt or anonymous in production.');
  }
  if (identity === 'jwt' && config.TUTORIAL_JWT_SECRET === undefined) {
    throw new ConfigError('TUTORIAL_JWT_SECRET: must be set when TUTORIAL_IDENTITY is jwt.');
  }
  if (config.NODE_ENV === 'production' && config.OPENVIDU_SECRET === 'MY_SECRET') {
    throw new ConfigError('OPENVIDU_SECRET: must not be the development secret in production.');
  }
  if (config.NODE_ENV === 'production' && config.EVERCALL_PLAYGROUND === '1') {
    throw new ConfigError('EVERCALL_PLAYGROUND: must not be 1 in production.');
  }
  return { ...config, TUTORIAL_IDENTITY: identity };
}
