import { setTimeout as sleep } from 'node:timers/promises';
import { type LifeRef, NodeRegistry, type RegisteredNode, SessionStore } from '@evercall/cluster';
import { SessionId } from '@evercall/protocol';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { longestMoveMs } from '../moving/domain/planned-move.js';
import { MovesService } from '../moving/moves.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';

/** Milliseconds between two looks for media nodes that leave. */
const intervalMs = 250;
/** Sessions that this master moves side by side: each makes its clients send everything twice for a moment. */
const sideBySide = 8;
/** Milliseconds between two looks whether a session has moved. */
const watchMs = 200;

/**
 * Takes sessions off media nodes that leave. Every master does; each session is moved by one of them. A node's index is the
 * list of what is left, so nothing is lost with the master that works on it.
 */
@Injectable()
export class SessionEvacuation implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #moving = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly store: SessionStore,
    private readonly moves: MovesService,
    private readonly surroundings: SurroundingsService,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#look(), intervalMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      for (const { record } of (await this.registry.list()).filter(handsOver)) {
        const members = (await this.registry.work(record.id)).filter((member) => !this.#moving.has(member));
        const next = members.toSorted(() => Math.random() - 0.5).slice(0, sideBySide - this.#moving.size);
        for (const member of next) void this.#evacuate(member, record.id);
      }
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'sessions of leaving media nodes have to wait');
    } finally {
      this.#looking = false;
    }
  }

  /** Never rejects. */
  async #evacuate(member: string, nodeId: string): Promise<void> {
    const [session = '', life = ''] = member.split('/');
    const target = { sessionId: SessionId.parse(session), life: Number(life) };
    this.#moving.add(member);
    try {
      const outcome = await this.moves.move(target, { from: nodeId });
      // The place is kept until the session has moved: that is what bounds the moves at a time.
      if (outcome === 'moving') await this.#moved(target);
    } catch (error) {
      const over =
        error instanceof RequestError && ['SESSION_NOT_FOUND', 'CONNECTION_ENDED'].includes(error.code);
      if (over) await this.#drop(nodeId, member);
      else this.surroundings.logger.debug({ err: error, member }, 'left for the next look');
    } finally {
      this.#moving.delete(member);
    }
  }

  async #moved({ sessionId, life }: LifeRef): Promise<void> {
    for (let waitedMs = 0; waitedMs < longestMoveMs; waitedMs += watchMs) {
      await sleep(watchMs, undefined, { ref: false });
      const state = await this.store.read(sessionId, life);
      if (!state || state.ended || !state.placement?.leaving.length) return;
    }
  }

  async #drop(nodeId: string, member: string): Promise<void> {
    try {
      await this.registry.dropWork(nodeId, [member]);
    } catch (error) {
      this.surroundings.logger.debug({ err: error, member }, 'left for the next look');
    }
  }
}

/** A media node whose sessions are to be taken elsewhere. */
function handsOver({ record }: RegisteredNode): boolean {
  return record.role === 'media' && record.state === 'terminating' && record.drain?.strategy === 'move';
}
