import { NodeRegistry } from '@evercall/cluster';
import { Inject, Injectable } from '@nestjs/common';
import type { NodeIdentity } from '../node-identity.js';
import { NODE_IDENTITY } from '../tokens.js';

/** A node whose heartbeat is older than this could take no work, in ms. */
const maxLateMs = 3000;

/** The other media nodes. */
@Injectable()
export class PeersService {
  constructor(
    @Inject(NODE_IDENTITY) private readonly identity: NodeIdentity,
    private readonly registry: NodeRegistry,
  ) {}

  /** How many could take sessions. @throws ClusterError `STATE_UNAVAILABLE` */
  async running(): Promise<number> {
    const nodes = await this.registry.list();
    return nodes.filter(
      ({ record, lateMs }) =>
        record.role === 'media' &&
        record.id !== this.identity.id &&
        record.state === 'running' &&
        lateMs < maxLateMs,
    ).length;
  }
}
