import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Evercall } from '@evercall/server-sdk';

const instrument = new URL('../bench/instrument/', import.meta.url);
const sdk = new URL('../../packages/client/dist/evercall.global.js', import.meta.url);

/** The cluster for which an {@link InstrumentServer} hands out tokens. */
export interface InstrumentServerOptions {
  /** Address of the load balancer. */
  url: string;
  secret: string;
}

/** The application of the instrument: its page, and a backend that makes rooms and tokens and retries as the SDK does. */
export class InstrumentServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #backend: Evercall;
  /** What rooms are created with, by room. */
  readonly #recoveries = new Map<string, 'automatic' | 'application'>();

  private constructor(options: InstrumentServerOptions) {
    this.#backend = new Evercall(options);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(503, { 'content-type': 'text/plain' }).end(String(error));
      });
    });
  }

  static async start(options: InstrumentServerOptions): Promise<InstrumentServer> {
    const server = new InstrumentServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}/`;
  }

  /** Who repairs a room when a node dies; by default the platform. */
  setRecovery(room: string, recovery: 'automatic' | 'application'): void {
    this.#recoveries.set(room, recovery);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.url).pathname;
    if (path === '/token') {
      response.end(await this.#token(JSON.parse(await text(request)).room));
    } else if (path === '/') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(readFileSync(new URL('index.html', instrument)));
    } else {
      const code = path === '/sdk.js' ? readFileSync(sdk, 'utf8') : readScript(path);
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code);
    }
  }

  async #token(room: string): Promise<string> {
    const recovery = this.#recoveries.get(room) ?? 'automatic';
    await this.#backend.createSession({ customSessionId: room, recovery });
    const { token } = await this.#backend.createConnection(room, { role: 'MODERATOR' });
    if (token === null) throw new Error('the connection has no token');
    return token;
  }
}

function readScript(path: string): string {
  const name = /^\/instrument\/([\w-]+\.ts)$/.exec(path)?.[1];
  if (name === undefined) throw new Error(`there is no ${path}`);
  return stripTypeScriptTypes(readFileSync(new URL(name, instrument), 'utf8'));
}
