import type { ClientToServer, ServerToClient } from '@evercall/protocol';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import proxyAddr from 'proxy-addr';
import type { Server } from 'socket.io';
import { SurroundingsService } from '../node/surroundings.service.js';
import type { ServerSocket } from './client-socket.js';
import { SocketsService } from './sockets.service.js';

/** Where clients come in. Whoever opens a socket may only `connect` or `resume` until one of them was answered. */
@WebSocketGateway()
export class ClientGateway implements OnGatewayConnection, OnGatewayDisconnect {
  @WebSocketServer() readonly server!: Server<ClientToServer, ServerToClient>;
  readonly #trust: ReturnType<typeof proxyAddr.compile>;

  constructor(
    private readonly sockets: SocketsService,
    surroundings: SurroundingsService,
  ) {
    this.#trust = proxyAddr.compile(surroundings.config.TRUST_PROXY.split(','));
  }

  handleConnection(socket: ServerSocket): void {
    const client = this.sockets.opened(socket, proxyAddr(socket.request, this.#trust));
    socket.on('request', (request, answer) => {
      if (typeof answer === 'function') client.take(request, answer);
    });
  }

  handleDisconnect(socket: ServerSocket): void {
    this.sockets.closed(socket);
  }
}
