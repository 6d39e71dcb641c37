import { EvercallError } from '@evercall/server-sdk';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { TutorialApiConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { ApiError } from '../http/api-error.js';
import { ClusterService } from './cluster.service.js';
import type { ClusterNode } from './cluster-node.js';
import { JsonClient } from './json-client.js';

/** What can be done to a node's process from outside. */
export type Fault = 'kill' | 'freeze' | 'thaw';

/** Milliseconds that the fleet or a master may take to do it. */
const timeoutMs = 5_000;

/** Breaks nodes on purpose. Faults are the fleet's, which holds the processes; drains are orders to the masters. */
@Injectable()
export class PlaygroundService {
  readonly #cluster: ClusterService;
  readonly #logger: PinoLogger;
  readonly #masters: JsonClient;
  readonly #fleet: JsonClient;

  constructor(@Inject(CONFIG) config: TutorialApiConfig, cluster: ClusterService, logger: PinoLogger) {
    const secret = config.OPENVIDU_SECRET;
    this.#cluster = cluster;
    this.#logger = logger;
    this.#masters = new JsonClient({ url: config.OPENVIDU_URL, secret, timeoutMs });
    this.#fleet = new JsonClient({ url: config.FLEET_URL, secret, timeoutMs });
  }

  /** @throws ApiError `NODE_NOT_FOUND`, `NODE_LOST`, `FLEET_UNAVAILABLE` */
  async inflict(fault: Fault, nodeId: string): Promise<void> {
    const node = await this.#running(nodeId);
    await this.#tellFleet(node, fault);
    this.#logger.info({ nodeId, node: node.name, fault }, 'fault inflicted');
  }

  /** Kills one mediasoup worker of a media node. @throws ApiError as `inflict` */
  async killWorker(nodeId: string, index: number): Promise<void> {
    const node = await this.#running(nodeId);
    await this.#tellFleet(node, `workers/${index}/kill`);
    this.#logger.info({ nodeId, node: node.name, worker: index }, 'worker killed');
  }

  /** Orders a node to hand its work over and leave. @throws ApiError `NODE_NOT_FOUND`, `NODE_LOST` */
  async drain(nodeId: string): Promise<void> {
    const node = await this.#running(nodeId);
    await this.#masters.send('POST', `/cluster/api/nodes/${encodeURIComponent(nodeId)}/drain`);
    this.#logger.info({ nodeId, node: node.name }, 'drain ordered');
  }

  /** Takes the order back, while the node is still there. @throws ApiError `NODE_NOT_FOUND`, `NODE_LOST` */
  async cancelDrain(nodeId: string): Promise<void> {
    const node = await this.#running(nodeId);
    await this.#masters.send('DELETE', `/cluster/api/nodes/${encodeURIComponent(nodeId)}/drain`);
    this.#logger.info({ nodeId, node: node.name }, 'drain cancelled');
  }

  /** The fleet knows nodes by name, and the replacement of a lost node has the same: a click must not hit it. */
  async #running(nodeId: string): Promise<ClusterNode> {
    const node = await this.#cluster.find(nodeId);
    if (!node) throw new ApiError('NODE_NOT_FOUND', `there is no node ${nodeId}`);
    if (node.lost !== undefined || node.state === 'lost') {
      throw new ApiError('NODE_LOST', `${node.name} is lost already`);
    }
    return node;
  }

  async #tellFleet({ name }: ClusterNode, what: string): Promise<void> {
    try {
      await this.#fleet.send('POST', `/playground/nodes/${encodeURIComponent(name)}/${what}`);
    } catch (cause) {
      if (!(cause instanceof EvercallError)) throw cause;
      if (cause.code === 'notFound') {
        throw new ApiError('NODE_NOT_FOUND', `the fleet has no playground, or runs no ${name}`, { cause });
      }
      throw new ApiError('FLEET_UNAVAILABLE', 'the fleet does not do it; see FLEET_URL', { cause });
    }
  }
}
