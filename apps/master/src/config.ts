import { RedisUrl } from '@evercall/cluster';
import { Recovery, VideoCodec } from '@evercall/protocol';
import { z } from 'zod';

const milliseconds = (byDefault: number) => z.coerce.number().int().positive().default(byDefault);
const switchable = (byDefault: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(byDefault)
    .transform((value) => value === 'true');

/** Secret of OpenVidu's tutorials; refused in production. */
export const developmentSecret = 'MY_SECRET';

/** What a master reads from its environment. */
export const masterConfigSchema = z.object({
  NODE_ENV: z
    .string()
    .default('development')
    .describe('`production` makes the start refuse unsafe settings.'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4501)
    .describe('TCP port for REST and client sockets.'),
  HOST: z.string().default('127.0.0.1').describe('Address that the master listens on.'),
  NODE_NAME: z.string().default('master-1').describe('Name of this master for people.'),
  ADVERTISED_URL: z
    .url()
    .optional()
    .describe('Where other nodes reach this master; default `http://HOST:PORT`.'),
  REDIS_URL: RedisUrl.default('redis://127.0.0.1:6379').describe(
    'Shared state: `redis://…`, `rediss://…` or `redis+sentinel://host:port,host:port/name`.',
  ),
  OPENVIDU_SECRET: z
    .string()
    .regex(/^[a-zA-Z0-9_-]+$/, 'may have letters, digits, `_` and `-` only')
    .default(developmentSecret)
    .describe('Password of the REST API (user OPENVIDUAPP) and between nodes: letters, digits, `_`, `-`.'),
  PUBLIC_URL: z
    .url()
    .default('http://localhost:4443')
    .describe('Address of the load balancer; tokens carry it.'),
  CORS_ORIGIN: z.string().default('*').describe('Origin that browsers may call the API from; `*` for any.'),
  TRUST_PROXY: z
    .string()
    .default('loopback')
    .describe('Proxies whose X-Forwarded-For is believed, as Express names them.'),
  EVERCALL_RECOVERY: Recovery.default('automatic').describe(
    'Who repairs a session when a node dies, if the session says nothing: `automatic` or `application`.',
  ),
  EVERCALL_GRACE_MS: milliseconds(15_000).describe('How long a connection without a socket is kept, in ms.'),
  EVERCALL_REQUEST_TIMEOUT_MS: milliseconds(5000).describe('How long clients wait for an answer, in ms.'),
  EVERCALL_DRAIN_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe('How long a node has to hand its work over when it is told to leave, in ms.'),
  EVERCALL_TOKEN_TTL_MS: milliseconds(86_400_000).describe('How long an unused token is good, in ms.'),
  OPENVIDU_SESSIONS_GARBAGE_THRESHOLD: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(3600)
    .describe('Age at which a session that nobody joined is removed, in seconds; 0 for never.'),
  OPENVIDU_STREAMS_FORCED_VIDEO_CODEC: VideoCodec.default('MEDIA_SERVER_PREFERRED').describe(
    'Codec that publishers must use, if the session says nothing.',
  ),
  OPENVIDU_WEBRTC_SIMULCAST: switchable('false').describe('Publish in several resolutions by default.'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least level of log lines.'),
});
export type MasterConfig = z.infer<typeof masterConfigSchema>;

/** Injection token of the configuration. */
export const CONFIG = Symbol('CONFIG');

/**
 * Reads the environment.
 *
 * @throws Error with one sentence that names what is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv): MasterConfig {
  const parsed = masterConfigSchema.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`The master can't start: ${wrong.join('; ')}.`);
  }
  const config = parsed.data;
  if (config.NODE_ENV === 'production' && config.OPENVIDU_SECRET === developmentSecret) {
    throw new Error(
      "The master can't start: OPENVIDU_SECRET is the development secret; set your own in production.",
    );
  }
  return config;
}
