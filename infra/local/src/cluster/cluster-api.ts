import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LaunchError } from '../system/launch-error.ts';
import { basicAuth, slotSchema } from './fleet-client.ts';

const TRY_TIMEOUT_MS = 2000;
const BUDGET_MS = 10_000;
const RETRY_MS = 200;

const groupSchema = z.object({
  role: z.enum(['master', 'media']),
  desired: z.number(),
  running: z.number(),
  outdated: z.number(),
  slots: z.array(slotSchema),
});

/** A group of nodes, as masters show it. */
export type Group = z.infer<typeof groupSchema>;

/** The masters' REST API for groups of nodes, through the load balancer. */
export class ClusterApi {
  readonly #url: string;
  readonly #authorization: string;

  constructor({ url, secret }: { url: string; secret: string }) {
    this.#url = `${url}/cluster/api/groups`;
    this.#authorization = basicAuth(secret);
  }

  /** @throws LaunchError `NOT_READY` when no master answers */
  async list(): Promise<Group[]> {
    return z.array(groupSchema).parse(await this.#request('GET', ''));
  }

  /** @throws LaunchError `COMMAND_FAILED` when the group can't have this size */
  async scale(role: Group['role'], desired: number): Promise<void> {
    await this.#request('PATCH', `/${role}`, { desired });
  }

  /** Not repeated when it isn't answered: it would roll twice. @throws LaunchError */
  async roll(role: Group['role']): Promise<void> {
    await this.#request('POST', `/${role}/roll`);
  }

  /** Masters come and go while this is used: what can be repeated is. */
  async #request(method: 'GET' | 'PATCH' | 'POST', path: string, body?: object): Promise<unknown> {
    const until = performance.now() + (method === 'POST' ? 0 : BUDGET_MS);
    for (;;) {
      try {
        return await this.#try(method, path, body);
      } catch (error) {
        if (error instanceof LaunchError || performance.now() > until) throw asLaunchError(error);
      }
      await sleep(RETRY_MS * (0.5 + Math.random()));
    }
  }

  async #try(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TRY_TIMEOUT_MS),
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (response.status >= 502) throw new Error(`the cluster answers ${response.status}`);
    throw new LaunchError('COMMAND_FAILED', `The cluster refuses (${response.status}): ${messageOf(text)}`);
  }
}

function messageOf(text: string): string {
  try {
    return z.object({ message: z.string() }).parse(JSON.parse(text)).message;
  } catch {
    // Not an error of a master: show what came.
    return text.slice(0, 200);
  }
}

function asLaunchError(error: unknown): LaunchError {
  if (error instanceof LaunchError) return error;
  return new LaunchError('NOT_READY', 'No master answers: npm run status shows what runs.', { cause: error });
}
