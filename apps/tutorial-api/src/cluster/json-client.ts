import { EvercallError } from '@evercall/server-sdk';
import type { z } from 'zod';

/** Where a {@link JsonClient} sends its requests, and as whom. */
export interface JsonClientOptions {
  /** Origin of the load balancer or of the fleet. */
  url: string;
  /** The platform's secret. */
  secret: string;
  /** Milliseconds after which a request counts as unanswered. */
  timeoutMs: number;
}

/** What the server answered to one request. */
interface Answer {
  status: number;
  json: unknown;
}

/**
 * Requests that are made once. The server SDK would make them again, which is right for calls and wrong here: whoever
 * polls comes back by itself, and a node that was killed twice would be its own replacement.
 */
export class JsonClient {
  readonly #options: JsonClientOptions;

  constructor(options: JsonClientOptions) {
    this.#options = options;
  }

  /** @throws EvercallError */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const { json, status } = await this.#request('GET', path);
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new EvercallError('invalidAnswer', `GET ${path}: not what was expected`, {
      status,
      cause: parsed.error,
    });
  }

  /** @throws EvercallError */
  async send(method: 'POST' | 'DELETE', path: string): Promise<void> {
    await this.#request(method, path);
  }

  async #request(method: string, path: string): Promise<Answer> {
    const { url, secret, timeoutMs } = this.#options;
    const response = await this.#reach(`${new URL(url).origin}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      signal: AbortSignal.timeout(timeoutMs),
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    if (response.status >= 200 && response.status < 300) return response;
    throw new EvercallError(
      codeOf(response.status),
      `${method} ${path} was answered with ${response.status}`,
      {
        status: response.status,
      },
    );
  }

  async #reach(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await fetch(url, init);
      const text = await response.text();
      return { status: response.status, json: parseJson(text) };
    } catch (cause) {
      throw new EvercallError('unavailable', `no answer from ${url}`, { cause });
    }
  }
}

function codeOf(status: number): EvercallError['code'] {
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'notFound';
  if (status === 409) return 'conflict';
  return status >= 502 && status <= 504 ? 'unavailable' : 'failed';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A load balancer's own page; the schema refuses it.
    return undefined;
  }
}
