import { SessionStore } from '@evercall/cluster';
import type { Leg } from '@evercall/media-protocol';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { fateOfLostLeg, repairLeg } from './domain/repair.js';
import { MediaLinksService } from './media-links.service.js';
import type { MediaNodeLink } from './media-node-link.js';

/** Milliseconds between two comparisons. */
const intervalMs = 5000;

/** Compares what media nodes have with what is wanted, closes what nobody wants, and reports what died unheard. */
@Injectable()
export class RepairService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(
    private readonly links: MediaLinksService,
    private readonly store: SessionStore,
    private readonly surroundings: SurroundingsService,
  ) {}

  onApplicationBootstrap(): void {
    this.links.onUp((link) => void this.#repair(link));
    this.#timer = setInterval(() => void this.#round(), intervalMs * (0.9 + Math.random() / 5));
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #round(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    await Promise.all(
      this.links
        .all()
        .filter(({ isUp }) => isUp)
        .map(async (link) => this.#repair(link)),
    );
    this.#running = false;
  }

  /** A leg died alone, perhaps while no master listened, or while whoever heard of it was dying. */
  async #settle(leg: Leg, link: MediaNodeLink): Promise<void> {
    const state = await this.store.read(leg.sessionId, leg.life);
    const fate = fateOfLostLeg(leg, link.node.id, state);
    if (fate === 'rescue') this.links.legsLost([leg], link.node.id);
    if (fate === 'forget') await link.batch(leg, [{ name: 'closeSession', params: {} }]);
  }

  async #repair(link: MediaNodeLink): Promise<void> {
    const { logger } = this.surroundings;
    try {
      const { legs, lost } = await link.inventory();
      for (const leg of legs) {
        const state = await this.store.read(leg.leg.sessionId, leg.leg.life);
        const commands = repairLeg(leg, link.node.id, state);
        if (commands.length === 0) continue;
        logger.info({ ...leg.leg, mediaNodeId: link.node.id, commands: commands.length }, 'media repaired');
        await link.batch(leg.leg, commands);
      }
      for (const leg of lost) await this.#settle(leg, link);
    } catch (error) {
      logger.debug({ err: error, mediaNodeId: link.node.id }, 'repair put off');
    }
  }
}
