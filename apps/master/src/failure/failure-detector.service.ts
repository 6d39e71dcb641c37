import {
  EventChannels,
  heartbeatIntervalMs,
  judge,
  type LossCause,
  NodeRegistry,
  type RegisteredNode,
  Trust,
} from '@evercall/cluster';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MetricsService } from '../metrics/metrics.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { KnownNodes } from './known-nodes.js';
import { PeerNews } from './peer-news.service.js';
import { askLive, tryConnect } from './probe.js';

/** Milliseconds between two looks at everybody. */
const tickMs = 250;
/** Milliseconds after which a probe counts as failed, and for how long its answer is waited for all the same. */
const probeTimeoutMs = 400;
const probePatienceMs = 3000;
/** Milliseconds for which the shared state must have answered before heartbeats are called late. */
const windowMs = 2 * heartbeatIntervalMs;
/** A heartbeat older than this makes the node be probed, in ms. */
const suspiciousMs = 1.5 * heartbeatIntervalMs;

/** What speaks for a silent node's death beside the own probes. */
interface Silence {
  failingForMs: number[];
  observers: number;
  lateMs: number;
  heartbeatAt: string;
}

/** Declares nodes lost that are dead, on two kinds of evidence. Every master runs one. */
@Injectable()
export class FailureDetector implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #trust = new Trust({ windowMs, stallMs: 4 * tickMs });
  readonly #suspicions = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #reading = false;

  constructor(
    private readonly registry: NodeRegistry,
    private readonly channels: EventChannels,
    private readonly nodes: KnownNodes,
    private readonly news: PeerNews,
    private readonly metrics: MetricsService,
    private readonly surroundings: SurroundingsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#timer = setInterval(() => this.#tick(), tickMs);
    try {
      await this.channels.listenToArrivals(() => void this.#read());
      await this.channels.listenToLosses((id) => this.nodes.heardOfLoss(id, this.surroundings.clock()));
    } catch (error) {
      this.surroundings.logger.debug({ err: error }, 'losses are found by looking for now');
    }
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  linkUp(nodeId: string): void {
    this.#alive(nodeId, this.nodes.watch(nodeId).linkUp());
  }

  /** A link or connection to a node closed: looks at once whether it still accepts new ones. */
  linkDown(nodeId: string, url: string): void {
    this.nodes.watch(nodeId).linkDown(performance.now());
    this.nodes.noteDoubt(nodeId);
    void this.#check(nodeId, url);
  }

  /** Another run of a process answers at the node's address. */
  replaced(nodeId: string, by: string): void {
    this.nodes.watch(nodeId).answered(by, nodeId);
    void this.#declareIf(nodeId);
  }

  /**
   * Somebody says that a node is dead: looks for itself, and goes on looking for a while.
   *
   * @returns whether it is dead, as far as can be told after the first look
   */
  async suspect(nodeId: string): Promise<boolean> {
    const node = this.nodes.get(nodeId);
    if (nodeId === this.surroundings.identity.id) return false;
    if (!node) return this.nodes.isDead(nodeId);
    const watch = this.nodes.watch(nodeId);
    watch.suspected(performance.now());
    // A crowd that comes from one dead master needs one look.
    this.#suspicions.set(nodeId, this.#suspicions.get(nodeId) ?? this.#check(nodeId, node.record.url));
    await this.#suspicions.get(nodeId);
    this.#suspicions.delete(nodeId);
    return this.nodes.isDead(nodeId);
  }

  /** Also while the shared state is away: what is found out then is declared when it answers. */
  #tick(): void {
    const now = performance.now();
    this.#trust.tick(now);
    for (const { record } of this.nodes.all()) {
      if (record.id === this.surroundings.identity.id) continue;
      if (this.nodes.watch(record.id).needsProbes(now)) void this.#check(record.id, record.url);
    }
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const asked = performance.now();
    try {
      const nodes = await this.registry.list();
      const now = performance.now();
      this.#trust.stateAnswered(now, now - asked);
      this.nodes.remember(nodes);
      await Promise.all(nodes.map(async (node) => this.#listen(node, nodes)));
    } catch (error) {
      this.#trust.stateAway();
      this.surroundings.logger.debug({ err: error }, 'nobody is judged while the shared state is away');
    } finally {
      this.#reading = false;
    }
  }

  /** Judges a node's heartbeat, with what all observers say of it. */
  async #listen({ record, lateMs, heartbeatAt }: RegisteredNode, nodes: RegisteredNode[]): Promise<void> {
    const { id, url } = record;
    const { identity } = this.surroundings;
    if (id === identity.id || lateMs < suspiciousMs) return;
    if (!this.#trust.mayJudgeLateness(performance.now())) return;
    const watch = this.nodes.watch(id);
    if (!watch.needsProbes(performance.now())) void this.#check(id, url);
    const failingMs = watch.failingMs(performance.now());
    if (failingMs < probeTimeoutMs && watch.evidence().lastConnect !== 'refused') return;
    const failingForMs = await this.registry.reportSilence(id, identity.id, failingMs);
    const observers = nodes.filter(
      (node) => node.record.role === 'master' && node.lateMs < suspiciousMs,
    ).length;
    await this.#declareIf(id, { failingForMs, observers, lateMs: lateMs - heartbeatIntervalMs, heartbeatAt });
  }

  /** Tries a new connection, and asks who is there if it comes about. */
  async #check(nodeId: string, url: string): Promise<void> {
    const watch = this.nodes.watch(nodeId);
    watch.probeSent(performance.now());
    const outcome = await tryConnect(url, probeTimeoutMs);
    watch.connectTried(outcome);
    if (outcome === 'accepted') await this.#probe(nodeId, url);
    else watch.unanswered();
    this.nodes.noteDoubt(nodeId);
    await this.#declareIf(nodeId);
  }

  async #probe(nodeId: string, url: string): Promise<void> {
    const watch = this.nodes.watch(nodeId);
    const failed = setTimeout(() => {
      watch.unanswered();
      this.nodes.noteDoubt(nodeId);
    }, probeTimeoutMs);
    const id = await askLive(url, probePatienceMs);
    clearTimeout(failed);
    if (id !== undefined) this.#alive(nodeId, watch.answered(id, nodeId));
  }

  #alive(nodeId: string, seen: 'falseAlarm' | undefined): void {
    this.nodes.noteDoubt(nodeId);
    const node = this.nodes.get(nodeId);
    // A node that leaves closes its links first and is asked once more: that is no alarm.
    if (!seen || node?.record.state !== 'running') return;
    this.metrics.recovery.falseAlarm(node.record.role);
    this.surroundings.logger.info({ suspectedNodeId: nodeId }, 'node looked dead and is alive');
  }

  async #declareIf(nodeId: string, silence?: Silence): Promise<void> {
    const now = performance.now();
    if (!this.#trust.mayJudge(now)) return;
    const cause = judge({
      ...this.nodes.watch(nodeId).evidence(),
      lateMs: silence && this.#trust.mayJudgeLateness(now) ? silence.lateMs : undefined,
      failingForMs: silence?.failingForMs ?? [],
      observers: silence?.observers ?? 1,
    });
    if (cause) await this.#declare(nodeId, cause, silence?.heartbeatAt);
  }

  async #declare(nodeId: string, cause: LossCause, heartbeatAt?: string): Promise<void> {
    const { identity, logger, clock } = this.surroundings;
    const record = this.nodes.get(nodeId)?.record;
    // Peers that can't reach the shared state either look for themselves and are ready when it answers.
    if (record && this.nodes.foundDead({ record, cause, at: clock() })) void this.news.tellOfDeath(nodeId);
    try {
      // Silence is void if a heartbeat came meanwhile; a refused connection isn't.
      const latest = cause === 'silent' && heartbeatAt ? { heartbeatAt } : {};
      const outcome = await this.registry.declareLost({ nodeId, by: identity.id, cause, ...latest });
      if (outcome === 'alive') return;
      this.nodes.forget(nodeId);
      if (outcome === 'known' || !record) return;
      this.metrics.recovery.nodeLost(record.role, cause);
      logger.warn(
        { lostNodeId: nodeId, lostNodeName: record.name, role: record.role, cause },
        'node declared lost',
      );
    } catch (error) {
      logger.debug({ err: error, lostNodeId: nodeId }, 'a loss can not be declared now');
    }
  }
}
