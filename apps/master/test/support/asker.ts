import { secret, type TestCluster } from './cluster.js';

/** What a backend asks. */
export interface Question {
  /** JSON as a value, or as it is written. */
  body?: unknown;
  /** Which master; default the first. */
  master?: number;
  headers?: Record<string, string>;
}

/** Gives a backend's way to ask the masters of a cluster; the answer's body is parsed if it is JSON. */
export function asker(cluster: () => TestCluster) {
  const authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
  return async (method: string, path: string, { body, master = 0, headers = {} }: Question = {}) => {
    const response = await fetch(`${cluster().master(master).url}${path}`, {
      method,
      headers: {
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
}
