import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LaunchedProcess, ProcessProvider, type ProcessSpec } from '@evercall/fleet/process';
import { eventually } from '@evercall/testing';
import { ClusterLogs } from './cluster-logs.ts';
import { childrenOf, signal } from './process-tree.ts';
import {
  balancerSpec,
  type ClusterOptions,
  type ClusterPorts,
  choosePorts,
  nodeSpecs,
  redisSpec,
} from './specs.ts';

const startMs = 30_000;
const stopMs = 5000;

/** Redis, masters, media nodes and load balancer as processes of this machine, made to be broken and mended. */
export class FaultyCluster implements AsyncDisposable {
  readonly logs: ClusterLogs;
  /** Address of the load balancer. */
  readonly url: string;
  readonly secret: string;
  /** UDP ports on which the media nodes receive media. */
  readonly mediaPorts: readonly number[];
  readonly #provider: ProcessProvider;
  readonly #nodes: ReadonlyMap<string, ProcessSpec>;
  readonly #redis: ProcessSpec;
  readonly #balancer: ProcessSpec;
  /** Killed, frozen or draining: to be ended before they are started again. */
  readonly #broken = new Set<string>();

  private constructor(
    options: ClusterOptions,
    ports: ClusterPorts,
    services: { redis: ProcessSpec; balancer: ProcessSpec },
  ) {
    const logsDir = join(options.dir, 'logs');
    this.logs = new ClusterLogs(logsDir);
    this.url = `http://127.0.0.1:${ports.loadBalancer}`;
    this.secret = options.secret;
    this.mediaPorts = ports.rtc.flatMap((port) =>
      Array.from({ length: options.workers }, (_, n) => port + n),
    );
    this.#provider = new ProcessProvider({ runDir: join(options.dir, 'run'), logsDir });
    this.#nodes = nodeSpecs(options, ports);
    this.#redis = services.redis;
    this.#balancer = services.balancer;
  }

  /** Starts everything and waits until every node takes work. */
  static async start(given: Partial<ClusterOptions> & { dir: string }): Promise<FaultyCluster> {
    const options = { masters: 2, media: 2, workers: 1, secret: 'FAULTY_SECRET', env: {}, ...given };
    await rm(options.dir, { recursive: true, force: true });
    const ports = await choosePorts(options);
    const redis = await redisSpec(join(options.dir, 'redis'), ports.redis);
    const balancer = await balancerSpec(join(options.dir, 'haproxy'), ports);
    const cluster = new FaultyCluster(options, ports, { redis, balancer });
    try {
      await cluster.#startRedis();
      await cluster.heal();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  names(role: 'master' | 'media'): string[] {
    return [...this.#nodes.values()].filter(({ labels }) => labels.role === role).map(({ name }) => name);
  }

  /** Address of a node itself, without the load balancer. */
  addressOf(name: string): string {
    return this.#nodes.get(name)?.labels.address ?? '';
  }

  /** Kills a node with everything that it started, as when its machine dies. */
  kill(name: string): void {
    this.#broken.add(name);
    signal(-this.#pid(name), 'SIGKILL');
  }

  /** Stops a node with everything that it started from running, as when its machine hangs. */
  freeze(name: string): void {
    this.#broken.add(name);
    signal(-this.#pid(name), 'SIGSTOP');
  }

  /** Stops a node's own process from running; its workers go on. */
  freezeControl(name: string): void {
    this.#broken.add(name);
    signal(this.#pid(name), 'SIGSTOP');
  }

  thaw(name: string): void {
    this.#broken.delete(name);
    const process = this.#running(name);
    if (process) signal(-process.pid, 'SIGCONT');
  }

  /** The workers of a media node. */
  workersOf(name: string): number[] {
    return childrenOf(this.#pid(name));
  }

  /** Asks a node to leave; it exits when others have taken its work. */
  drain(name: string): void {
    this.#broken.add(name);
    signal(this.#pid(name), 'SIGTERM');
  }

  /** Whether a node's process exists, frozen or not. */
  runs(name: string): boolean {
    return this.#running(name) !== undefined;
  }

  /** Restarts Redis, with its data or without. */
  async restartRedis({ keepsData }: { keepsData: boolean }): Promise<void> {
    await this.#provider.stop('redis', { signal: keepsData ? 'SIGTERM' : 'SIGKILL', deadlineMs: stopMs });
    if (!keepsData) await rm(join(this.#redis.cwd, 'appendonlydir'), { recursive: true, force: true });
    await this.#startRedis();
  }

  async restartBalancer(): Promise<void> {
    await this.#provider.stop('haproxy', { signal: 'SIGKILL', deadlineMs: 0 });
    await this.#launch(this.#balancer);
  }

  /** Starts again what was killed, frozen or drained or left by itself, and waits until every node takes work. */
  async heal(): Promise<void> {
    for (const name of this.#broken) {
      this.#broken.delete(name);
      await this.#provider.stop(name, { signal: 'SIGKILL', deadlineMs: 0 });
    }
    const missing = [...this.#nodes.values()].filter(({ name }) => !this.runs(name));
    const mark = this.logs.mark();
    await Promise.all(missing.map((spec) => this.#launch(spec)));
    await this.#linked(missing, mark);
    // The load balancer comes last: it would take masters that don't listen yet for dead, and let them in slowly.
    if (!this.runs('haproxy')) await this.#launch(this.#balancer);
    await this.#balanced();
  }

  /** Ends everything. */
  async [Symbol.asyncDispose](): Promise<void> {
    const names = this.#provider.list().map(({ name }) => name);
    const end = (name: string) => this.#provider.stop(name, { signal: 'SIGKILL', deadlineMs: 0 });
    await Promise.all(names.map(end));
  }

  /** Every master has a control link to every media node again. */
  async #linked(started: readonly ProcessSpec[], mark: ReadonlyMap<string, number>): Promise<void> {
    const newMasters = started.filter(({ labels }) => labels.role === 'master').length;
    const masters = this.names('master').length;
    for (const name of this.names('media')) {
      const isNew = started.some((spec) => spec.name === name);
      const wanted = isNew ? masters : newMasters;
      await eventually(
        () => {
          const lines = this.logs.since(isNew ? new Map() : mark, [name]);
          return lines.filter(({ message }) => message === 'control link opened').length >= wanted;
        },
        { timeoutMs: startMs, everyMs: 50 },
      );
    }
  }

  /** The load balancer uses every master again: it says so, and lets one in that it had taken out after two checks. */
  async #balanced(): Promise<void> {
    const isUp = (name: string): boolean => {
      const said = this.logs.text('haproxy').matchAll(new RegExp(`Server masters/${name} is (\\w+)`, 'g'));
      return [...said].at(-1)?.[1] !== 'DOWN';
    };
    await eventually(() => this.names('master').every(isUp), { timeoutMs: startMs, everyMs: 50 });
  }

  async #startRedis(): Promise<void> {
    const { name } = await this.#provider.launch(this.#redis);
    await eventually(() => this.logs.text(name).includes('Ready to accept connections'), {
      timeoutMs: startMs,
    });
  }

  async #launch(spec: ProcessSpec): Promise<void> {
    const launched = await this.#provider.launch(spec);
    const url = spec.labels.ready ?? '';
    try {
      await eventually(() => answersOk(url), { timeoutMs: startMs, everyMs: 50 });
    } catch (cause) {
      const log = this.logs.text(launched.name).slice(-2000);
      throw new Error(`${spec.name} does not start:\n${log}`, { cause });
    }
  }

  #pid(name: string): number {
    const process = this.#running(name);
    if (!process) throw new Error(`${name} does not run`);
    return process.pid;
  }

  #running(name: string): LaunchedProcess | undefined {
    return this.#provider.list().find((launched) => launched.name === name);
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
