import {
  Awake,
  EventChannels,
  heartbeatIntervalMs,
  type MediaNodeRecord,
  NodeRegistry,
} from '@evercall/cluster';
import type { Leg, MediaMessages } from '@evercall/media-protocol';
import { MediaNodeId } from '@evercall/protocol';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { isStateAway } from '../sessions/session-changer.js';
import { type MediaMessage, MediaNodeLink } from './media-node-link.js';

/** Hears of a link that came up, also again, or went down. */
export type LinkListener = (link: MediaNodeLink) => void;
/** Hears of another run of the process at a link's address. */
export type ReplacedListener = (link: MediaNodeLink, by: string) => void;
/** Hears of legs that died alone. */
export type LegsLostListener = (legs: Leg[], mediaNodeId: MediaNodeId) => void;

/** Control links to all media nodes that the registry knows. */
@Injectable()
export class MediaLinksService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #links = new Map<MediaNodeId, MediaNodeLink>();
  readonly #onUp: LinkListener[] = [];
  readonly #onDown: LinkListener[] = [];
  readonly #onReplaced: ReplacedListener[] = [];
  readonly #onLegsLost: LegsLostListener[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly channels: EventChannels,
    private readonly awake: Awake,
    private readonly surroundings: SurroundingsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#look();
    this.#timer = setInterval(() => void this.#look(), heartbeatIntervalMs);
    try {
      await this.channels.listenToArrivals(() => void this.#look());
      await this.channels.listenToLosses((id) => this.#drop(id));
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'media nodes are found by looking for now');
    }
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  onUp(listener: LinkListener): void {
    this.#onUp.push(listener);
  }

  onDown(listener: LinkListener): void {
    this.#onDown.push(listener);
  }

  onReplaced(listener: ReplacedListener): void {
    this.#onReplaced.push(listener);
  }

  onLegsLost(listener: LegsLostListener): void {
    this.#onLegsLost.push(listener);
  }

  /** Tells who listens that legs died alone. They may have heard of them before. */
  legsLost(legs: Leg[], mediaNodeId: MediaNodeId): void {
    for (const listener of this.#onLegsLost) listener(legs, mediaNodeId);
  }

  get(id: MediaNodeId): MediaNodeLink | undefined {
    return this.#links.get(id);
  }

  all(): MediaNodeLink[] {
    return [...this.#links.values()];
  }

  /** What the cluster's routers can forward: the same on all of them. `undefined` while no media node is linked. */
  capabilities(): MediaMessages['hello'] | undefined {
    for (const link of this.#links.values()) if (link.capabilities) return link.capabilities;
    return undefined;
  }

  /** Opens links to new nodes. A node that is no longer registered keeps its link as long as it answers. */
  async #look(): Promise<void> {
    const { logger } = this.surroundings;
    try {
      const nodes = await this.registry.list();
      const known = new Set<string>(nodes.map(({ record }) => record.id));
      for (const { record } of nodes) {
        if (record.role !== 'media' || this.#links.has(record.id)) continue;
        this.#links.set(record.id, this.#open(record));
      }
      for (const [id, link] of this.#links) if (!known.has(id) && !link.isUp) this.#drop(id);
    } catch (error) {
      if (!isStateAway(error)) throw error;
      logger.debug({ err: error }, 'the registry can not be read; links stay as they are');
    }
  }

  /** A lost node isn't talked to any more, even if its link seems to be up: who asks for it is refused at once. */
  #drop(id: string): void {
    const mediaNodeId = MediaNodeId.safeParse(id).data;
    const link = mediaNodeId && this.#links.get(mediaNodeId);
    if (!link) return;
    link.close();
    this.#links.delete(mediaNodeId);
    this.surroundings.logger.info({ mediaNodeId }, 'media node left');
  }

  #open(node: MediaNodeRecord): MediaNodeLink {
    const { config, identity, ids, logger } = this.surroundings;
    return new MediaNodeLink(node, {
      masterId: identity.id,
      secret: config.OPENVIDU_SECRET,
      ids,
      logger,
      beforeActing: async () => this.awake.beforeActing(),
      onUp: (link) => {
        for (const listener of this.#onUp) listener(link);
      },
      onDown: (link) => {
        for (const listener of this.#onDown) listener(link);
      },
      onReplaced: (link, by) => {
        for (const listener of this.#onReplaced) listener(link, by);
      },
      onMessage: (message, link) => this.#heard(message, link),
    });
  }

  #heard(message: MediaMessage, { node }: MediaNodeLink): void {
    const { logger } = this.surroundings;
    if (message.name === 'legsLost') {
      const { legs, cause } = message.body;
      logger.warn({ mediaNodeId: node.id, legs: legs.length, cause }, 'legs lost');
      this.legsLost(legs, node.id);
    } else {
      const { leg, connectionId, direction } = message.body;
      logger.info({ mediaNodeId: node.id, ...leg, connectionId, direction }, 'transport failed');
    }
  }
}
