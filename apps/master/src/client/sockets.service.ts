import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionId } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { ClientSocket, type ServerSocket } from './client-socket.js';
import type { Member } from './member.js';
import { SocketServices } from './socket-services.service.js';

/** Milliseconds that telling of closed sockets may take at the end. */
const settleMs = 1500;

/** The client sockets of this master. */
@Injectable()
export class SocketsService {
  readonly #sockets = new Map<string, ClientSocket>();
  readonly #byConnection = new Map<ConnectionId, ClientSocket>();

  constructor(
    private readonly services: SocketServices,
    private readonly surroundings: SurroundingsService,
    private readonly metrics: MetricsService,
  ) {}

  /** How many sockets are open. */
  get count(): number {
    return this.#sockets.size;
  }

  opened(socket: ServerSocket, ip: string): ClientSocket {
    const client = new ClientSocket(socket, {
      ip,
      services: this.services,
      metrics: this.metrics,
      logger: this.surroundings.logger,
      taken: (member, taker) => this.#taken(member, taker),
    });
    this.#sockets.set(socket.id, client);
    this.metrics.socketsOpen(this.#sockets.size);
    return client;
  }

  closed(socket: ServerSocket): void {
    const client = this.#sockets.get(socket.id);
    if (!client) return;
    const { member } = client;
    if (member && this.#byConnection.get(member.connectionId) === client) {
      this.#byConnection.delete(member.connectionId);
    }
    this.#sockets.delete(socket.id);
    this.metrics.socketsOpen(this.#sockets.size);
    client.closed();
  }

  /** Clients that weren't told to go yet, or were `againMs` milliseconds ago and are still here. */
  untold(againMs: number): ClientSocket[] {
    const since = performance.now() - againMs;
    return [...this.#sockets.values()].filter(({ toldToGoAt = -Infinity }) => toldToGoAt < since);
  }

  /**
   * Ends every socket, whose clients resume elsewhere; resolves when the shared state knows that they are gone, or doesn't
   * answer: then others find out.
   */
  async endAll(): Promise<void> {
    const clients = [...this.#sockets.values()];
    for (const client of clients) client.end();
    const settled = Promise.all(clients.map(async (client) => client.settled()));
    const giveUp = new AbortController();
    await Promise.race([settled, sleep(settleMs, undefined, { signal: giveUp.signal }).catch(() => {})]);
    giveUp.abort();
  }

  #taken(member: Member, socket: ClientSocket): void {
    const older = this.#byConnection.get(member.connectionId);
    this.#byConnection.set(member.connectionId, socket);
    if (older && older !== socket) older.end();
  }
}
