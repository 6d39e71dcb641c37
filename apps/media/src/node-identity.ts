import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Drain, NodeState } from '@evercall/cluster';
import { IdFactory, type MediaNodeId } from '@evercall/protocol';
import { z } from 'zod';

/** Who this process is, for as long as it runs. */
export interface NodeIdentity {
  /** A new one at each start. */
  id: MediaNodeId;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Version of the software. */
  version: string;
}

/** Makes the identity of this run. */
export function createIdentity(): NodeIdentity {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  return { id: new IdFactory(randomBytes).mediaNodeId(), startedAt: Date.now(), version };
}

/** Where this node stands in its life. */
export class NodeStatus {
  state: NodeState = 'launching';
  /** Set while it leaves. */
  drain: Drain | undefined;

  /** Whether it takes new sessions. */
  get takesSessions(): boolean {
    return this.state === 'running';
  }
}
