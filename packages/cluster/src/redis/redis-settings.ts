import { z } from 'zod';

/**
 * Where the shared state is: one address (local, or a managed Redis behind one name), or a set of Sentinels.
 * `redis://[user:password@]host[:port][/db]`, `rediss://…`, or
 * `redis+sentinel://[password@]host:port,host:port/<master name>`.
 */
export const RedisUrl = z
  .string()
  .regex(
    /^(redis|rediss|redis\+sentinel):\/\/.+$/,
    'must start with redis://, rediss:// or redis+sentinel://',
  );

/** Sentinels, the name of the master they watch, and its password. */
export interface SentinelSettings {
  name: string;
  sentinels: { host: string; port: number }[];
  password?: string;
}

/** The Sentinels, the name of the master they watch and its password, out of a `redis+sentinel://` URL. */
export function parseSentinelUrl(url: string): SentinelSettings | undefined {
  const match = /^redis\+sentinel:\/\/(?:([^@]*)@)?([^/]+)\/([^/]+)$/.exec(url);
  const [, password, hosts, name] = match ?? [];
  if (!hosts || !name) return undefined;
  const sentinels = hosts.split(',').map((host) => {
    const [address = '', port = '26379'] = host.split(':');
    return { host: address, port: Number(port) };
  });
  return { name, sentinels, ...(password ? { password: decodeURIComponent(password) } : {}) };
}
