import { Injectable } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { KnownNodes } from './known-nodes.js';

/** Milliseconds that a peer has for its answer; what it doesn't hear now it finds out by itself. */
const timeoutMs = 1000;

/** Tells the other masters of a dead node, straight: they hear of it also while the shared state stalls. */
@Injectable()
export class PeerNews {
  readonly #authorization: string;

  constructor(
    private readonly nodes: KnownNodes,
    private readonly surroundings: SurroundingsService,
  ) {
    const user = `OPENVIDUAPP:${surroundings.config.OPENVIDU_SECRET}`;
    this.#authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  }

  /** Each peer looks for itself before it believes it. */
  async tellOfDeath(nodeId: string): Promise<void> {
    const peers = this.nodes.peers(this.surroundings.identity.id).filter(({ id }) => id !== nodeId);
    await Promise.all(peers.map(async ({ url }) => this.#tell(url, nodeId)));
  }

  async #tell(url: string, nodeId: string): Promise<void> {
    try {
      const response = await fetch(`${url}/cluster/peers/${nodeId}/lost`, {
        method: 'POST',
        headers: { authorization: this.#authorization },
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
    } catch (error) {
      this.surroundings.logger.debug({ err: error, lostNodeId: nodeId, url }, 'a peer could not be told');
    }
  }
}
