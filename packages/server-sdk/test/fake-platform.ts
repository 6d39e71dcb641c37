import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request as the stand-in received it. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** One step of the script: an answer, a cut connection, or silence until the client goes. */
export type Step =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'reset'
  | 'cutInBody'
  | 'silence';

/** A real HTTP server that answers by a script, one step per request, and remembers what it was asked. */
export class FakePlatform implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #script: Step[];
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  private constructor(script: Step[]) {
    this.#script = script;
  }

  static async start(...script: Step[]): Promise<FakePlatform> {
    const platform = new FakePlatform(script);
    await new Promise<void>((resolve) => platform.#server.listen(0, '127.0.0.1', resolve));
    return platform;
  }

  /** Starts where one was before. */
  static async startAt(url: string, ...script: Step[]): Promise<FakePlatform> {
    const platform = new FakePlatform(script);
    const port = Number(new URL(url).port);
    await new Promise<void>((resolve) => platform.#server.listen(port, '127.0.0.1', resolve));
    return platform;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    this.received.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: body ? JSON.parse(body) : undefined,
    });
    const step = this.#script.shift() ?? { status: 500, body: { message: 'the script has no more steps' } };
    if (step === 'silence') return;
    if (step === 'reset') {
      request.socket.resetAndDestroy();
    } else if (step === 'cutInBody') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"half":', () => request.socket.destroy());
    } else {
      response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
      response.end(step.body === undefined ? '' : JSON.stringify(step.body));
    }
  }
}
