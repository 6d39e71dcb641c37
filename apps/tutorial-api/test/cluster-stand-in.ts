import { createServer, type Server } from 'node:http';

const load = { cpu: 0.2, sessions: 1, consumers: 6, producers: 3, connections: 3 };

/** Nodes as masters tell of them, with what a browser must not see. */
export const nodes = [
  node('master', 'mst_1', 'master-1'),
  node('master', 'mst_2', 'master-2'),
  { ...node('media', 'med_1', 'media-1'), load: { ...load, workers: [{ consumers: 6, alive: true }] } },
  {
    ...node('media', 'med_0', 'media-1'),
    state: 'lost',
    lost: { at: 1_700_000_000_000, cause: 'refused', by: 'mst_1' },
  },
];

export const placement = {
  legs: [{ leg: 0, mediaNodeId: 'med_1', mediaNodeName: 'media-1', generation: 2, leaving: false }],
  connections: [{ connectionId: 'con_1', masterId: 'mst_2', masterName: 'master-2', attached: true }],
};

/** The cluster's own API and the fleet's playground, over real HTTP. */
export class ClusterStandIn implements AsyncDisposable {
  readonly requests: string[] = [];
  /** Status of every answer while set. */
  failure: number | undefined;
  readonly #server: Server;

  private constructor(secret: string) {
    const expected = `Basic ${btoa(`OPENVIDUAPP:${secret}`)}`;
    this.#server = createServer((request, response) => {
      const asked = `${request.method} ${request.url}`;
      this.requests.push(asked);
      const { status, body } = this.#answer(asked, request.headers.authorization === expected);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    });
  }

  static async start(secret: string): Promise<ClusterStandIn> {
    const cluster = new ClusterStandIn(secret);
    await new Promise<void>((resolve) => cluster.#server.listen(0, '127.0.0.1', resolve));
    return cluster;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the stand-in does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(asked: string, authorized: boolean): { status: number; body?: unknown } {
    if (!authorized) return { status: 401 };
    if (this.failure !== undefined) return { status: this.failure };
    if (asked === 'GET /cluster/api/nodes') return { status: 200, body: nodes };
    if (asked === 'GET /cluster/api/sessions/team') return { status: 200, body: placement };
    const known =
      /^(POST|DELETE) \/cluster\/api\/nodes\/mst_1\/drain$/.test(asked) ||
      /^POST \/playground\/nodes\/(master|media)-1\/(kill|freeze|thaw|workers\/0\/kill)$/.test(asked);
    return known ? { status: 202, body: {} } : { status: 404 };
  }
}

function node(role: string, id: string, name: string) {
  return {
    id,
    name,
    role,
    state: 'running',
    url: 'http://10.0.0.7:4501',
    pid: 4242,
    startedAt: 1_700_000_000_000,
    version: '0.1.0',
    lateMs: 120,
    load: { ...load, workers: [] },
  };
}
