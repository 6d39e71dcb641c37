import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface Answer {
  status: number;
  body?: unknown;
}

/** Replaces the answer to a request, or lets it pass (`undefined`). */
export type Fault = (request: { method: string; path: string }) => Answer | undefined;

/** The platform's sessions and connections over real HTTP, with faults that the test names. */
export class PlatformStandIn implements AsyncDisposable {
  readonly secret = 'MY_SECRET';
  /** Session ids with the bodies they were created with. */
  readonly sessions = new Map<string, Record<string, unknown>>();
  /** Ids of the sessions that were created, one for each creation. */
  readonly created: string[] = [];
  readonly connections: Record<string, unknown>[] = [];
  readonly requests: string[] = [];
  fault: Fault | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<PlatformStandIn> {
    const platform = new PlatformStandIn();
    await new Promise<void>((resolve) => platform.#server.listen(0, '127.0.0.1', resolve));
    return platform;
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

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const path = (request.url ?? '').replace('/openvidu/api', '').replace(/\?.*/, '');
    const body: Record<string, unknown> = JSON.parse((await text(request)) || '{}');
    this.requests.push(`${method} ${path}`);
    const authorized = request.headers.authorization === `Basic ${btoa(`OPENVIDUAPP:${this.secret}`)}`;
    const answer = authorized
      ? (this.fault?.({ method, path }) ?? this.#handle(`${method} ${path}`, body))
      : { status: 401 };
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  }

  #handle(request: string, body: Record<string, unknown>): Answer {
    const [, id = '', tail = ''] = /^\w+ \/sessions\/?([^/]*)(\/connection)?$/.exec(request) ?? [];
    if (request === 'POST /sessions') return this.#create(String(body['customSessionId']), body);
    if (!this.sessions.has(id)) return { status: 404 };
    if (tail) return this.#connect(id, body);
    if (request.startsWith('DELETE')) {
      this.sessions.delete(id);
      return { status: 204 };
    }
    return { status: 200, body: sessionJson(id) };
  }

  #create(id: string, body: Record<string, unknown>): Answer {
    if (this.sessions.has(id)) return { status: 409 };
    this.sessions.set(id, body);
    this.created.push(id);
    return { status: 200, body: sessionJson(id) };
  }

  #connect(sessionId: string, body: Record<string, unknown>): Answer {
    this.connections.push({ sessionId, ...body });
    const connectionId = `con_A${String(this.connections.length).padStart(9, '0')}`;
    return {
      status: 200,
      body: {
        connectionId,
        sessionId,
        status: 'pending',
        createdAt: 1,
        activeAt: null,
        type: 'WEBRTC',
        role: body['role'],
        record: true,
        token: `wss://localhost:4443?sessionId=${sessionId}&token=tok_A000000000000000`,
        serverData: body['data'],
        clientData: null,
        platform: null,
        ip: null,
        location: null,
        publishers: null,
        subscribers: null,
      },
    };
  }
}

function sessionJson(id: string) {
  return {
    sessionId: id,
    createdAt: 1,
    recording: false,
    mediaMode: 'ROUTED',
    recordingMode: 'MANUAL',
    customSessionId: id,
    forcedVideoCodec: 'NONE',
    allowTranscoding: false,
    connections: { numberOfElements: 0, content: [] },
  };
}
