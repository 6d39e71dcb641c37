import { limits, socketPath } from '@evercall/protocol';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server } from 'socket.io';

/** socket.io as clients expect it: WebSocket only, so that no load balancer needs stickiness. */
export class ClientIoAdapter extends IoAdapter {
  readonly #corsOrigin: string;

  constructor(app: INestApplicationContext, corsOrigin: string) {
    super(app);
    this.#corsOrigin = corsOrigin;
  }

  /** Always on the HTTP server of the REST API, whatever port Nest names. */
  override createIOServer(): Server {
    return new Server(this.httpServer, {
      path: socketPath,
      transports: ['websocket'],
      serveClient: false,
      pingInterval: 2000,
      pingTimeout: 3000,
      connectTimeout: 5000,
      maxHttpBufferSize: limits.message,
      perMessageDeflate: false,
      cors: { origin: this.#corsOrigin },
    });
  }
}
