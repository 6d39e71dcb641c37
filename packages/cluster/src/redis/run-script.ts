import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const names = [
  'commit',
  'read-session',
  'heartbeat',
  'deregister',
  'order-drain',
  'place',
  'due',
  'declare-lost',
  'report-silence',
  'lease',
  'greet',
] as const;
/** A script of src/lua. */
export type ScriptName = (typeof names)[number];

/** What a script answers; the typed wrappers parse it further. */
export type ScriptReply = string | number | null | ScriptReply[];
const ScriptReply: z.ZodType<ScriptReply> = z.lazy(() =>
  z.union([z.string(), z.number(), z.null(), z.array(ScriptReply)]),
);

const read = (name: string) => readFileSync(new URL(`../lua/${name}.lua`, import.meta.url), 'utf8');
const prelude = read('prelude');
const scripts = new Map(
  names.map((name) => {
    const text = `${prelude}\n${read(name)}`;
    return [name, { text, sha: createHash('sha1').update(text).digest('hex') }];
  }),
);

/**
 * Runs a Lua script by its hash; Redis gets the text only when it doesn't know it.
 *
 * @throws what the Redis client throws: time-out, no connection, a faulty script
 */
export async function runScript(
  redis: Redis,
  name: ScriptName,
  { keys, args }: { keys: string[]; args: (string | number)[] },
): Promise<ScriptReply> {
  const script = scripts.get(name);
  if (!script) throw new TypeError(`no script ${name}`);
  try {
    return ScriptReply.parse(await redis.evalsha(script.sha, keys.length, ...keys, ...args));
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return ScriptReply.parse(await redis.eval(script.text, keys.length, ...keys, ...args));
  }
}
