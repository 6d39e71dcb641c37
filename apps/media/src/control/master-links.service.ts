import type { MasterToMedia, MediaMessages, MediaToMaster } from '@evercall/media-protocol';
import { Inject, Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import type { MediaConfig } from '../config.js';
import { OrphanGrace } from '../domain/orphan-grace.js';
import { CLOCK, type Clock, MEDIA_CONFIG } from '../tokens.js';
import { WorkerPoolService } from '../workers/worker-pool.service.js';

export type Link = Socket<MasterToMedia, MediaToMaster>;
export type LinkServer = Server<MasterToMedia, MediaToMaster>;

/** The control links that are open, seen by those who have something to tell every master. */
@Injectable()
export class MasterLinksService {
  readonly #clock: Clock;
  readonly #grace: OrphanGrace;
  readonly #pool: WorkerPoolService;
  #server: LinkServer | undefined;

  constructor(
    @Inject(MEDIA_CONFIG) config: MediaConfig,
    @Inject(CLOCK) clock: Clock,
    pool: WorkerPoolService,
  ) {
    this.#pool = pool;
    this.#clock = clock;
    this.#grace = new OrphanGrace(config.EVERCALL_ORPHAN_GRACE_MS, clock());
  }

  /** Whether there has been no link for the whole orphan grace. */
  get orphaned(): boolean {
    return this.#grace.isOver(this.#clock());
  }

  attach(server: LinkServer): void {
    this.#server = server;
  }

  /** Greets a link that opened. */
  opened(link: Link): void {
    this.#grace.opened();
    const { capabilities } = this.#pool;
    if (capabilities) link.emit('hello', capabilities);
  }

  closed(): void {
    this.#grace.closed(this.#clock());
  }

  /** Tells every master whose link is open. */
  tell<Name extends keyof MediaMessages>(name: Name, ...message: Parameters<MediaToMaster[Name]>): void {
    this.#server?.emit(name, ...message);
  }

  /** Ends every link. Media isn't touched. */
  closeAll(): void {
    this.#server?.disconnectSockets(true);
  }
}
