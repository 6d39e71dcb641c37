import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { EvercallError } from './errors.js';
import { judgeAnswer, judgeThrown, parseJson, type TryOutcome } from './failure.js';
import { newIdempotencyKey } from './idempotency-key.js';
import type { RetryPolicy } from './retry-policy.js';

/** One call to the platform. */
export interface HttpCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/openvidu/api`, with its query. */
  path: string;
  body?: object;
}

/** What an {@link HttpClient} is made of. */
export interface HttpClientOptions {
  /** Address of the load balancer; a path after the port is dropped, as in OpenVidu's client. */
  url: string;
  secret: string;
  retry: RetryPolicy;
  fetch: typeof globalThis.fetch;
}

/** The wire: one call, tried until it is answered, refused or the policy gives up. */
export class HttpClient {
  readonly #base: string;
  readonly #authorization: string;
  readonly #retry: RetryPolicy;
  readonly #fetch: typeof globalThis.fetch;

  /** @throws TypeError if the url is none. */
  constructor({ url, secret, retry, fetch }: HttpClientOptions) {
    this.#base = `${new URL(url).origin}/openvidu/api`;
    this.#authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
    this.#retry = retry;
    this.#fetch = fetch;
  }

  /**
   * Calls and parses the answer.
   *
   * @throws EvercallError, `invalidAnswer` if the answer doesn't fit the schema.
   */
  async request<T>(call: HttpCall, schema: z.ZodType<T>): Promise<T> {
    const { text, status } = await this.#call(call);
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    throw new EvercallError('invalidAnswer', `${call.method} ${call.path}: not what the contract says`, {
      status,
      cause: parsed.error,
    });
  }

  /** Calls and throws the answer's body away. @throws EvercallError */
  async requestNothing(call: HttpCall): Promise<void> {
    await this.#call(call);
  }

  async #call(call: HttpCall): Promise<{ status: number; text: string }> {
    const began = performance.now();
    const elapsed = () => performance.now() - began;
    const headers = this.#headers(call);
    for (let attempt = 1; ; attempt += 1) {
      const timeoutMs = Math.max(1, Math.min(this.#retry.tryTimeoutMs, this.#retry.budgetMs - elapsed()));
      const outcome = await this.#try(call, { headers, timeoutMs });
      if (outcome.kind === 'answered') return outcome;
      const delayMs = outcome.passing
        ? this.#retry.delayMs({ attempt, elapsedMs: elapsed(), retryAfterMs: outcome.retryAfterMs })
        : null;
      if (delayMs === null) throw outcome.error;
      await sleep(delayMs);
    }
  }

  async #try(
    call: HttpCall,
    { headers, timeoutMs }: { headers: Record<string, string>; timeoutMs: number },
  ): Promise<TryOutcome> {
    try {
      const response = await this.#fetch(this.#base + call.path, {
        method: call.method,
        headers,
        signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      // A connection that breaks inside the body is as good as a reset one: read it within the try.
      const text = await response.text();
      return judgeAnswer(
        { status: response.status, text, retryAfter: response.headers.get('retry-after') },
        Date.now(),
      );
    } catch (error) {
      return judgeThrown(error);
    }
  }

  /** Made once per call: all its tries carry the same idempotency key. */
  #headers(call: HttpCall): Record<string, string> {
    return {
      accept: 'application/json',
      authorization: this.#authorization,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.method === 'GET' ? {} : { 'idempotency-key': newIdempotencyKey() }),
    };
  }
}
