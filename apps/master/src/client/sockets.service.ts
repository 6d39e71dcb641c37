import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionId } from '@evercall/protocol';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { ClientSocket, type ServerSocket } from './client-socket.js';
import type { Member } from './member.js';
import { SocketServices } from './socket-services.service.js';

/** Milliseconds after which the load balancer has noticed that this master takes nobody any more. */
const noticedMs = 1200;
/** Milliseconds over which clients are told to go when this master stops. */
const goAwaySpreadMs = 500;
/** Milliseconds that they have for it. */
const goAwayDeadlineMs = 3000;

/** The client sockets of this master. */
@Injectable()
export class SocketsService implements BeforeApplicationShutdown {
  readonly #sockets = new Map<string, ClientSocket>();
  readonly #byConnection = new Map<ConnectionId, ClientSocket>();
  /** Called when the last socket has gone, while stopping. */
  #emptied: (() => void) | undefined;

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
    if (this.#sockets.size === 0) this.#emptied?.();
  }

  /** Sends every client to another master, then ends the sockets that are still there. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.#sockets.size === 0) return;
    await sleep(noticedMs);
    const clients = [...this.#sockets.values()];
    if (clients.length === 0) return;
    for (const client of clients) client.goAway(Math.round(Math.random() * goAwaySpreadMs));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, goAwayDeadlineMs);
      this.#emptied = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    for (const client of this.#sockets.values()) client.end();
    await Promise.all(clients.map(async (client) => client.settled()));
  }

  #taken(member: Member, socket: ClientSocket): void {
    const older = this.#byConnection.get(member.connectionId);
    this.#byConnection.set(member.connectionId, socket);
    if (older && older !== socket) older.end();
  }
}
