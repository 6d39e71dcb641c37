import type { FaultyCluster } from './faulty-cluster.ts';

/** How a media node leaves. */
export type DrainStrategy = 'move' | 'when-no-sessions' | 'now';

interface NodeView {
  id: string;
  name: string;
  state: string;
}

/** The cluster's own REST API, through the load balancer. */
export class ClusterApi {
  readonly #url: string;
  readonly #authorization: string;

  constructor({ url, secret }: Pick<FaultyCluster, 'url' | 'secret'>) {
    this.#url = `${url}/cluster/api`;
    this.#authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${secret}`).toString('base64')}`;
  }

  /** What the cluster says of a node that runs: `running`, `terminating`. */
  async stateOf(name: string): Promise<string> {
    return (await this.#node(name)).state;
  }

  async drain(name: string, strategy: DrainStrategy): Promise<void> {
    await this.#request('POST', `/nodes/${(await this.#node(name)).id}/drain`, { strategy });
  }

  async cancelDrain(name: string): Promise<void> {
    await this.#request('DELETE', `/nodes/${(await this.#node(name)).id}/drain`);
  }

  async moveSession(sessionId: string): Promise<void> {
    await this.#request('POST', `/sessions/${sessionId}/move`, {});
  }

  async #node(name: string): Promise<NodeView> {
    const nodes = (await (await this.#request('GET', '/nodes')).json()) as NodeView[];
    const node = nodes.find((candidate) => candidate.name === name && candidate.state !== 'lost');
    if (node) return node;
    throw new Error(`no ${name} among ${nodes.map((other) => `${other.name} (${other.state})`).join(', ')}`);
  }

  /** @throws Error with what the cluster answered */
  async #request(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
