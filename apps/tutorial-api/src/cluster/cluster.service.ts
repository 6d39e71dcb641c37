import { EvercallError } from '@evercall/server-sdk';
import { Inject, Injectable } from '@nestjs/common';
import type { TutorialApiConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { ClusterMemory } from './cluster-memory.js';
import { type ClusterNode, ClusterNodes } from './cluster-node.js';
import { JsonClient } from './json-client.js';
import { Latest } from './latest.js';
import { RoomPlacement } from './room-placement.js';

/** What the page's cluster panel shows. */
export interface ClusterView {
  /** Whether nodes may be killed and frozen from the page. */
  playground: boolean;
  /** Milliseconds since a master told this; 0 while they answer. */
  ageMs: number;
  nodes: ClusterNode[];
  /** `null`: nobody is in the room, or no master answers. */
  room: RoomPlacement | null;
}

/** Milliseconds that a look may take: pages look each second. */
const lookTimeoutMs = 900;
/** Milliseconds for which one look serves all pages. */
const freshMs = 400;

/** Looks at the cluster through whichever master the load balancer picks. The secret stays here. */
@Injectable()
export class ClusterService {
  readonly #playground: boolean;
  readonly #masters: JsonClient;
  readonly #memory = new ClusterMemory();
  readonly #nodeLooks = new Latest<{ nodes: ClusterNode[]; ageMs: number }>(freshMs);
  readonly #roomLooks = new Latest<RoomPlacement | null>(freshMs);

  constructor(@Inject(CONFIG) config: TutorialApiConfig) {
    this.#playground = config.EVERCALL_PLAYGROUND === '1';
    this.#masters = new JsonClient({
      url: config.OPENVIDU_URL,
      secret: config.OPENVIDU_SECRET,
      timeoutMs: lookTimeoutMs,
    });
  }

  /**
   * The nodes, and who serves a room. While no master answers the last known nodes, with their age.
   *
   * @throws EvercallError if no master answers and none did lately
   */
  async view(room: string | undefined): Promise<ClusterView> {
    const now = Date.now();
    const [{ nodes, ageMs }, placement] = await Promise.all([
      this.#nodeLooks.get('', now, () => this.#lookAtNodes()),
      room === undefined ? null : this.#roomLooks.get(room, now, () => this.#lookAtRoom(room)),
    ]);
    return { playground: this.#playground, ageMs, nodes, room: placement };
  }

  /** A node that runs; `undefined`: there is none with this id. @throws EvercallError */
  async find(id: string): Promise<ClusterNode | undefined> {
    const { nodes } = await this.#lookAtNodes();
    return nodes.find((node) => node.id === id);
  }

  async #lookAtNodes(): Promise<{ nodes: ClusterNode[]; ageMs: number }> {
    try {
      const nodes = await this.#masters.get('/cluster/api/nodes', ClusterNodes);
      this.#memory.remember(nodes, Date.now());
      return { nodes, ageMs: 0 };
    } catch (error) {
      const known = isAway(error) ? this.#memory.recall(Date.now()) : undefined;
      if (known) return known;
      throw error;
    }
  }

  async #lookAtRoom(room: string): Promise<RoomPlacement | null> {
    try {
      return await this.#masters.get(`/cluster/api/sessions/${encodeURIComponent(room)}`, RoomPlacement);
    } catch (error) {
      if (isAway(error) || (error instanceof EvercallError && error.code === 'notFound')) return null;
      throw error;
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof EvercallError && error.code === 'unavailable';
}
