import { setTimeout as sleep } from 'node:timers/promises';
import { EventChannels, type Loss, NodeRegistry } from '@evercall/cluster';
import { type Leg, legKey } from '@evercall/media-protocol';
import { ConnectionId, SessionId } from '@evercall/protocol';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MediaLinksService } from '../media/media-links.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { LossWorker } from './loss-worker.service.js';

/** Milliseconds between two looks for what other masters left undone. */
const intervalMs = 1000;
/** How often the sessions of a dead worker are tried: as long as somebody might make room, five minutes. */
const legAttempts = 600;
/** Entries of a lost node that are worked off side by side. */
const sideBySide = 16;

/** Works off what hung on lost nodes. Every master does; each entry is done by one of them. */
@Injectable()
export class LossesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** Dead workers' legs that are being moved, as `node/leg`. */
  readonly #moving = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly channels: EventChannels,
    private readonly worker: LossWorker,
    private readonly links: MediaLinksService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#timer = setInterval(() => this.#look(), intervalMs);
    this.links.onLegsLost((legs, mediaNodeId) => {
      for (const leg of legs) void this.#moveLeg(leg, mediaNodeId);
    });
    try {
      await this.channels.listenToLosses(() => this.#look());
      // Sessions may be waiting for somebody with room.
      await this.channels.listenToArrivals(() => this.#look());
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'losses are found by looking for now');
    }
  }

  beforeApplicationShutdown(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** Every master is told of a dead worker and tries; one of them succeeds, the others see it done. */
  async #moveLeg(leg: Leg, mediaNodeId: string): Promise<void> {
    const key = `${mediaNodeId}/${legKey(leg)}`;
    if (this.#moving.has(key)) return;
    this.#moving.add(key);
    for (let attempt = 0; attempt < legAttempts && !this.#stopped; attempt += 1) {
      if (await this.worker.moveLeg(leg, mediaNodeId)) break;
      await sleep(Math.random() * Math.min(intervalMs, 20 * 2 ** attempt), undefined, { ref: false });
    }
    this.#moving.delete(key);
  }

  #look(): void {
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#look();
    });
  }

  async #work(): Promise<void> {
    try {
      for (const { loss, members } of await this.registry.unfinishedLosses()) {
        const waiting = members.toSorted(() => Math.random() - 0.5);
        while (waiting.length > 0) {
          await Promise.all(waiting.splice(0, sideBySide).map(async (member) => this.#entry(loss, member)));
        }
      }
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'what hangs on lost nodes has to wait');
    }
  }

  async #entry(loss: Loss, member: string): Promise<void> {
    const [session = '', life = '', connection] = member.split('/');
    const target = { sessionId: SessionId.parse(session), life: Number(life) };
    const { nodeId, record } = loss;
    if (record.role === 'media') {
      await this.worker.moveSession(target, loss, member);
    } else if (connection) {
      await this.worker.detach({ ...target, connectionId: ConnectionId.parse(connection) }, nodeId);
    } else {
      await this.worker.endHosted(target, nodeId, member);
    }
  }
}
