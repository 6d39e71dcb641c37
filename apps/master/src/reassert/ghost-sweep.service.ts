import { ConnectionRecord, type LifeCopy, type LifeRef, NodeRegistry, StateGate } from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { SessionChanger } from '../sessions/session-changer.js';
import { detachGhost, GhostWatch, type RecordedSocket } from './domain/ghosts.js';
import { MirrorService } from './mirror.service.js';

/** Milliseconds between two looks. */
const intervalMs = 2000;
/** Milliseconds for which a master must have been away: ten of its heartbeats. */
const patienceMs = 5000;

/** Detaches connections whose socket is nobody's, in the sessions that this master knows. */
@Injectable()
export class GhostSweepService implements OnModuleInit, BeforeApplicationShutdown {
  readonly #watch = new GhostWatch(patienceMs);
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly mirror: MirrorService,
    private readonly changer: SessionChanger,
    private readonly registry: NodeRegistry,
    private readonly state: StateGate,
    private readonly surroundings: SurroundingsService,
  ) {}

  onModuleInit(): void {
    this.state.onShut(() => this.#watch.reset());
    this.#timer = setInterval(() => void this.#look(), intervalMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking || this.state.level !== 'open') return;
    this.#looking = true;
    try {
      const registered = new Set((await this.registry.list()).map(({ record }) => record.id as string));
      const lives = new Map<RecordedSocket, LifeRef>();
      for (const { copy } of this.mirror.memories()) {
        if (copy.isOpen) for (const socket of socketsOf(copy)) lives.set(socket, copy);
      }
      const where = { own: this.surroundings.identity.id, local: this.mirror.local(), registered };
      for (const ghost of this.#watch.look([...lives.keys()], where, performance.now())) {
        const life = lives.get(ghost);
        if (life) await this.#detach(life, ghost);
      }
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'ghosts can not be looked for now');
    } finally {
      this.#looking = false;
    }
  }

  async #detach({ sessionId, life }: LifeRef, ghost: RecordedSocket): Promise<void> {
    const { config, identity, logger } = this.surroundings;
    const { connectionId, masterId } = ghost;
    try {
      const rule = detachGhost(ghost, { own: identity.id, graceMs: config.EVERCALL_GRACE_MS });
      const changed = await this.changer.change({ sessionId, life }, rule);
      if (!changed?.result) return;
      logger.warn({ sessionId, life, connectionId, masterId }, "connection detached: its socket is nobody's");
    } catch (error) {
      logger.debug({ err: error, sessionId, life, connectionId }, 'another master looks after this ghost');
    }
  }
}

function socketsOf({ connections }: LifeCopy): RecordedSocket[] {
  return Object.values(connections).flatMap((text) => {
    const connection = ConnectionRecord.parse(JSON.parse(text));
    if (connection.status !== 'active' || !connection.socket) return [];
    return [{ connectionId: connection.connectionId, ...connection.socket }];
  });
}
