import { z } from 'zod';
import { LaunchError } from './system/launch-error.ts';

/** Places for masters and for media nodes: ports are reserved for so many, and HAProxy knows so many masters. */
export const slotsOfRole = 8;

const port = z.coerce.number('must be a number').int().min(1).max(65_535);

/** What `npm start` and `npm test` can be told by environment variables or by `.env`. */
export const settingsSchema = z.object({
  LOAD_BALANCER_PORT: port
    .default(4443)
    .describe('TCP port of the load balancer: REST API and client sockets.'),
  LOAD_BALANCER_ADDRESSES: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6()])).min(1))
    .default(['127.0.0.1', '::1'])
    .describe('Addresses of this machine that the load balancer listens on, separated by commas.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'URL at which browsers reach the load balancer; by default http://localhost:LOAD_BALANCER_PORT.',
    ),
  LAN_PORT: port.default(8443).describe('TCP port of the one HTTPS address for other machines (--lan).'),
  LAN_CERT_FILE: z
    .string()
    .optional()
    .describe('PEM file of a certificate for --lan; by default one is made.'),
  LAN_KEY_FILE: z.string().optional().describe('PEM file of the key of LAN_CERT_FILE.'),
  FLEET_PORT: port
    .default(4490)
    .describe('TCP port of the fleet, on this machine only; the next free one if it is taken.'),
  TUTORIAL_PORT: port.default(5080).describe("TCP port of the tutorial's web app."),
  MASTERS: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .max(slotsOfRole)
    .default(2)
    .describe('Number of master nodes at the start (--masters, npm run scale).'),
  MEDIA_NODES: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .max(slotsOfRole)
    .default(2)
    .describe('Number of media nodes at the start (--media, npm run scale).'),
  MEDIA_WORKERS: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Mediasoup workers of each media node; on a machine of its own a media node has one per core.'),
  OPENVIDU_SECRET: z
    .string()
    .regex(/^[\w-]+$/, 'may contain letters, digits, _ and - only')
    .default('MY_SECRET')
    .describe('Secret of the REST API (password of the user OPENVIDUAPP), the same for all nodes.'),
  REDIS_URL: z
    .string()
    .regex(/^redis(s|\+sentinel)?:\/\/./, 'must begin with redis://, rediss:// or redis+sentinel://')
    .optional()
    .describe('Redis to use (redis://host:port); by default the launcher runs one of its own.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      "Postgres for the tutorial's backend (postgresql://user:password@host:port/database); by default the launcher runs one.",
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest level that the logs of all parts contain.'),
  MEDIASOUP_WORKER_BIN: z
    .string()
    .optional()
    .describe('Path of a mediasoup-worker to use; by default one is downloaded or built, once per machine.'),
  CHROME_BIN: z
    .string()
    .optional()
    .describe('Path of the Chromium or Chrome that npm test uses; by default one is found or fetched.'),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;

/**
 * The settings that an environment holds. An empty variable counts as absent.
 *
 * @throws LaunchError `SETTING_INVALID` naming every variable that is wrong.
 */
export function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = settingsSchema.safeParse(given);
  if (data !== undefined) return data;
  const sentences = error.issues.map((issue) => `${issue.path[0]?.toString() ?? '?'}: ${issue.message}`);
  throw new LaunchError(
    'SETTING_INVALID',
    `A setting is wrong (environment or .env): ${[...new Set(sentences)].join('; ')}.`,
  );
}
