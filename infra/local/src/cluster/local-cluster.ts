import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type LaunchedProcess,
  ProcessProvider,
  type RecordedProcess,
  readRecords,
  signalGroup,
  stopLeftovers,
} from '@evercall/fleet/process';
import type { Programs } from '../prepare.ts';
import { haproxySpec, httpsOrigin, loadBalancerUrl } from '../services/haproxy.ts';
import { postgresIsReady, postgresSpec, postgresUrl } from '../services/postgres.ts';
import { redisIsReady, redisSpec } from '../services/redis.ts';
import type { Settings } from '../settings.ts';
import { nextFree } from '../system/ports.ts';
import {
  type ClusterPlan,
  type ClusterPorts,
  fleetPlan,
  fleetSpec,
  type Lan,
  tutorialSpecs,
} from './plan.ts';
import { whenLogged, whenNodesServe, whenReady, whenRenewed } from './readiness.ts';
import { type Service, Services } from './services.ts';

/** A cluster to be started on this machine. */
export interface LocalClusterOptions {
  settings: Settings;
  programs: Programs;
  ports: ClusterPorts;
  /** Addresses that the load balancer listens on. */
  addresses: readonly string[];
  /** Folder for the data of Redis and Postgres, process records and logs. */
  dir: string;
  /** Whether the data should survive a crash of the machine. */
  durable: boolean;
  /** Whether nodes and services that die are replaced. Default true. */
  replace?: boolean;
  /** Whether a debugger can be attached to each node and to the tutorial's backend. Default false. */
  inspect?: boolean;
  /** How other machines reach this one; default: they don't. */
  lan?: Lan | undefined;
  /** What serves the tutorial's page; default the build. */
  page?: 'build' | 'sources';
  /** Called when a process of the launcher's own exits without having been asked to. */
  onUnexpectedExit: (sentence: string) => void;
}

/** Where the parts of a running cluster are found. */
export interface ClusterAddresses {
  tutorial: string;
  loadBalancer: string;
  /** The masters that were launched at the start. */
  masters: string[];
  fleet: string;
  redisUrl: string;
  databaseUrl: string;
}

/** How a service is restarted. */
export interface RestartOptions {
  /** Default: in order. */
  signal?: NodeJS.Signals;
  /** Redis only: it comes back without its data. */
  empty?: boolean;
}

const NODE_STOP_MS = 2000;
const REDIS_PORT = 4379;
const POSTGRES_PORT = 4432;
const stores = ['redis', 'postgres'];

/** Starts and stops all processes of a cluster on this machine. Its nodes are the fleet's. */
export class LocalCluster {
  readonly #options: LocalClusterOptions;
  readonly #provider: ProcessProvider;
  readonly #services: Services;
  readonly #runDir: string;
  readonly #logsDir: string;

  constructor(options: LocalClusterOptions) {
    this.#options = options;
    const { dir, replace = true, onUnexpectedExit } = options;
    this.#runDir = join(dir, 'run');
    this.#logsDir = join(dir, 'logs');
    this.#provider = new ProcessProvider({ runDir: this.#runDir, logsDir: this.#logsDir });
    this.#services = new Services({ provider: this.#provider, restart: replace, onUnexpectedExit });
  }

  /**
   * Starts everything and waits until all of it is ready.
   *
   * @throws LaunchError when a part doesn't come up. What came up runs on until `stop`.
   */
  async start(): Promise<ClusterAddresses> {
    const { settings, ports, programs, addresses, lan, inspect = false, page = 'build' } = this.#options;
    const origin = lan && `https://${lan.host}:${lan.port}`;
    const [redisUrl, databaseUrl] = await Promise.all([this.#startRedis(), this.#startPostgres()]);
    const plan: ClusterPlan = {
      settings,
      ports,
      redisUrl,
      databaseUrl,
      publicUrl: settings.PUBLIC_URL ?? origin ?? `http://localhost:${ports.loadBalancer}`,
      workerBin: programs.mediasoupWorker,
      env: process.env,
      inspect,
      lan,
      page,
    };
    const tutorial = tutorialSpecs(plan).map((spec) => this.#byUrl(async () => spec));
    await Promise.all([this.#startNodes(plan), ...tutorial.map((service) => this.#services.start(service))]);
    // The load balancer comes last: it would take masters that don't listen yet for dead, and let them in slowly.
    const masters = ports.masters.map((port, index) => ({
      name: `master-${index + 1}`,
      host: '127.0.0.1',
      port,
    }));
    const { haproxy: program } = programs;
    const dir = join(this.#options.dir, 'haproxy');
    const options = {
      addresses,
      port: ports.loadBalancer,
      masters,
      origin: lan && httpsOrigin(lan, ports),
      program,
      dir,
    };
    await this.#services.start(this.#byUrl(() => haproxySpec(options)));
    return {
      tutorial: origin ?? `http://localhost:${ports.tutorialWeb}`,
      loadBalancer: loadBalancerUrl(addresses, ports.loadBalancer),
      masters: masters.slice(0, settings.MASTERS).map(({ host, port }) => `http://${host}:${port}`),
      fleet: `http://127.0.0.1:${ports.fleet}`,
      redisUrl,
      databaseUrl,
    };
  }

  /** The processes that run, nodes included. */
  list(): LaunchedProcess[] {
    const nodes = this.#nodes().map(({ name, pid, labels, logFile }) => ({ name, pid, labels, logFile }));
    return [...this.#provider.list(), ...nodes];
  }

  /**
   * Restarts `redis`, `postgres`, `haproxy`, `fleet`, `tutorial-api` or `tutorial-web` and waits until it is ready.
   *
   * @throws LaunchError when it doesn't come up, RangeError when there is no such service here
   */
  async restart(name: string, { signal, empty = false }: RestartOptions = {}): Promise<void> {
    const data = join(this.#options.dir, name);
    const meanwhile = async (): Promise<void> => {
      if (empty && name === 'redis') await rm(data, { recursive: true, force: true });
    };
    // The fleet leaves its nodes running only when it is asked by SIGTERM.
    await this.#services.restart(name, {
      signal: signal ?? (name === 'fleet' ? 'SIGTERM' : undefined),
      meanwhile,
    });
  }

  /**
   * Exchanges all nodes of a role in their places, one after the other and at once: clients resume on another node as after a
   * crash, which takes less time than handing over.
   *
   * @throws LaunchError when a node doesn't come back; those after it run on as they were
   */
  async renew(role: 'master' | 'media'): Promise<void> {
    for (const node of this.#nodes().filter(({ labels }) => labels['role'] === role)) {
      // In order, and at once: the fleet takes that for a wish, not for a crash, and fills the place again.
      process.kill(node.pid, 'SIGINT');
      await whenRenewed(node, () => this.#nodes());
    }
  }

  /** Stops everything, what serves people first and what others depend on last. */
  async stop(): Promise<void> {
    const running = this.#provider.list().map(({ name }) => name);
    // The fleet ends its nodes; what it didn't get to is ended here.
    await this.#services.stop(running.filter((name) => !stores.includes(name)));
    await stopLeftovers(this.#runDir, { deadlineMs: NODE_STOP_MS, only: isNode });
    await this.#services.stop(stores);
    this.#services.giveUp();
    await this.#options.ports.release?.();
  }

  /** Ends everything at once, without waiting for anything to be finished. */
  kill(): void {
    this.#services.giveUp();
    for (const { name } of this.#provider.list()) this.#provider.kill(name);
    for (const { pid } of this.#nodes()) signalGroup(pid, 'SIGKILL');
  }

  #nodes(): RecordedProcess[] {
    return readRecords(this.#runDir).filter((record) => record.alive && isNode(record));
  }

  async #startNodes(plan: ClusterPlan): Promise<void> {
    const { replace = true, settings } = this.#options;
    const file = join(this.#options.dir, 'fleet', 'plan.json');
    await mkdir(join(this.#options.dir, 'fleet'), { recursive: true });
    // The plan holds the secrets of the nodes' environments.
    await writeFile(file, JSON.stringify(fleetPlan(plan, { id: randomUUID(), replace })), { mode: 0o600 });
    const spec = fleetSpec(plan, { plan: file, runDir: this.#runDir, logsDir: this.#logsDir });
    await this.#services.start(this.#byUrl(async () => spec));
    await whenNodesServe({
      fleetUrl: spec.labels['address'] ?? '',
      secret: settings.OPENVIDU_SECRET,
      wanted: { master: settings.MASTERS, media: settings.MEDIA_NODES },
      nodes: () => this.#nodes(),
      logsDir: this.#logsDir,
    });
  }

  async #startRedis(): Promise<string> {
    const { settings, programs, dir } = this.#options;
    if (settings.REDIS_URL !== undefined) return settings.REDIS_URL;
    const port = await nextFree(REDIS_PORT, new Set());
    await this.#services.start({
      spec: () => redisSpec({ program: programs.redis, dir: join(dir, 'redis'), port }),
      whenReady: (launched) => whenLogged(this.#provider, launched, redisIsReady),
    });
    return `redis://127.0.0.1:${port}`;
  }

  async #startPostgres(): Promise<string> {
    const { settings, dir, durable } = this.#options;
    if (settings.DATABASE_URL !== undefined) return settings.DATABASE_URL;
    const port = await nextFree(POSTGRES_PORT, new Set());
    await this.#services.start({
      spec: () => postgresSpec({ dir: join(dir, 'postgres'), port, durable }),
      whenReady: (launched) => whenLogged(this.#provider, launched, postgresIsReady),
    });
    return postgresUrl(port);
  }

  #byUrl(spec: Service['spec']): Service {
    return { spec, whenReady: (launched) => whenReady(this.#provider, launched) };
  }
}

function isNode({ labels }: RecordedProcess): boolean {
  return labels['role'] === 'master' || labels['role'] === 'media';
}
