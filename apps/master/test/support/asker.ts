import { secret, type TestCluster } from './cluster.js';

/** What a backend asks. */
export interface Question {
  /** JSON as a value, or as it is written. */
  body?: unknown;
  /** Which master; default the first. */
  master?: number;
  /** Instead of `master`: the address of one in a process of its own. */
  url?: string;
  headers?: Record<string, string>;
}

/** Gives a backend's way to ask the masters of a cluster; the answer's body is parsed if it is JSON. */
export function asker(cluster: () => TestCluster) {
  const authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
  return async (method: string, path: string, question: Question = {}) => {
    const { body, master = 0, headers = {}, url = cluster().master(master).url } = question;
    const response = await fetch(`${url}${path}`, {
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
      list: text.startsWith('[') ? JSON.parse(text) : undefined,
    };
  };
}
