import {
  heartbeatIntervalMs,
  judge,
  type LossCause,
  NodeRegistry,
  type RegisteredNode,
  Trust,
} from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SurroundingsService } from '../node/surroundings.service.js';
import { NodeWatch } from './domain/node-watch.js';
import { askLive, tryConnect } from './probe.js';

/** Milliseconds between two looks at everybody. */
const tickMs = 250;
/** Milliseconds that a probe may take. */
const probeTimeoutMs = 400;
/** Milliseconds for which the shared state must have answered before heartbeats are called late. */
const windowMs = 2 * heartbeatIntervalMs;
/** A heartbeat older than this makes the node be probed, in ms. */
const suspiciousMs = 2 * heartbeatIntervalMs;

/** Declares nodes lost that are dead, on two kinds of evidence. Every master runs one. */
@Injectable()
export class FailureDetector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #watches = new Map<string, NodeWatch>();
  readonly #trust = new Trust({ windowMs, stallMs: 4 * tickMs });
  readonly #known = new Map<string, RegisteredNode>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly surroundings: SurroundingsService,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#tick(), tickMs);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  linkUp(nodeId: string): void {
    this.#watch(nodeId).linkUp();
  }

  /** A link or connection to a node closed: looks at once whether it still accepts new ones. */
  linkDown(nodeId: string, url: string): void {
    this.#watch(nodeId).linkDown(performance.now());
    void this.#check(nodeId, url);
  }

  /** Another run of a process answers at the node's address. */
  replaced(nodeId: string, by: string): void {
    this.#watch(nodeId).answered(by, nodeId);
    void this.#declareIf(nodeId);
  }

  /** Somebody says that a node is dead: looks for itself. */
  async suspect(nodeId: string): Promise<void> {
    const node = this.#known.get(nodeId);
    if (node) await this.#check(nodeId, node.record.url);
  }

  async #check(nodeId: string, url: string): Promise<void> {
    const watch = this.#watch(nodeId);
    const outcome = await tryConnect(url, probeTimeoutMs);
    watch.connectTried(outcome);
    if (outcome === 'accepted' && watch.isLinkDown) await this.#probe(nodeId, url);
    await this.#declareIf(nodeId);
  }

  async #probe(nodeId: string, url: string): Promise<void> {
    const asked = performance.now();
    const id = await askLive(url, probeTimeoutMs);
    if (id === undefined) this.#watch(nodeId).unanswered(asked);
    else this.#watch(nodeId).answered(id, nodeId);
  }

  async #tick(): Promise<void> {
    this.#trust.tick(performance.now());
    if (this.#looking) return;
    this.#looking = true;
    try {
      const nodes = await this.registry.list();
      this.#trust.stateAnswered(performance.now());
      this.#remember(nodes);
      await Promise.all(nodes.map(async (node) => this.#look(node, nodes)));
    } catch (error) {
      this.#trust.stateAway();
      this.surroundings.logger.debug({ err: error }, 'nobody is judged while the shared state is away');
    } finally {
      this.#looking = false;
    }
  }

  async #look({ record, lateMs, heartbeatAt }: RegisteredNode, nodes: RegisteredNode[]): Promise<void> {
    const { id, url } = record;
    if (id === this.surroundings.identity.id) return;
    const watch = this.#watch(id);
    if (watch.isLinkDown) {
      await this.#check(id, url);
    } else if (lateMs < suspiciousMs) {
      return;
    }
    if (lateMs < suspiciousMs) return;
    await this.#probe(id, url);
    const failingMs = watch.failingMs(performance.now());
    if (failingMs === 0) return;
    const failingForMs = await this.registry.reportSilence(id, this.surroundings.identity.id, failingMs);
    const observers = nodes.filter(
      (node) => node.record.role === 'master' && node.lateMs < suspiciousMs,
    ).length;
    await this.#declareIf(id, { failingForMs, observers, lateMs: lateMs - heartbeatIntervalMs, heartbeatAt });
  }

  async #declareIf(
    nodeId: string,
    silence?: { failingForMs: number[]; observers: number; lateMs: number; heartbeatAt: string },
  ): Promise<void> {
    const now = performance.now();
    if (!this.#trust.mayJudge(now)) return;
    const cause = judge({
      ...this.#watch(nodeId).evidence(),
      lateMs: silence && this.#trust.mayJudgeLateness(now) ? silence.lateMs : undefined,
      failingForMs: silence?.failingForMs ?? [],
      observers: silence?.observers ?? 1,
    });
    if (cause) await this.#declare(nodeId, cause, silence?.heartbeatAt);
  }

  async #declare(nodeId: string, cause: LossCause, heartbeatAt?: string): Promise<void> {
    const { identity, logger } = this.surroundings;
    try {
      // Silence is void if a heartbeat came meanwhile; a refused connection isn't.
      const latest = cause === 'silent' && heartbeatAt ? { heartbeatAt } : {};
      const outcome = await this.registry.declareLost({ nodeId, by: identity.id, cause, ...latest });
      if (outcome === 'declared') logger.warn({ lostNodeId: nodeId, cause }, 'node declared lost');
    } catch (error) {
      logger.debug({ err: error, lostNodeId: nodeId }, 'a loss can not be declared now');
    }
  }

  #remember(nodes: RegisteredNode[]): void {
    this.#known.clear();
    for (const node of nodes) this.#known.set(node.record.id, node);
    for (const id of this.#watches.keys()) if (!this.#known.has(id)) this.#watches.delete(id);
  }

  #watch(nodeId: string): NodeWatch {
    const known = this.#watches.get(nodeId);
    if (known) return known;
    const watch = new NodeWatch();
    this.#watches.set(nodeId, watch);
    return watch;
  }
}
