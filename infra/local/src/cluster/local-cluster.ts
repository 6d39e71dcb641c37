import { join } from 'node:path';
import { type LaunchedProcess, ProcessProvider, type ProcessSpec } from '@evercall/fleet/process';
import type { Programs } from '../prepare.ts';
import { haproxySpec, loadBalancerUrl } from '../services/haproxy.ts';
import { postgresIsReady, postgresSpec, postgresUrl } from '../services/postgres.ts';
import { redisIsReady, redisSpec } from '../services/redis.ts';
import type { Settings } from '../settings.ts';
import { LaunchError } from '../system/launch-error.ts';
import { nextFree } from '../system/ports.ts';
import { type ClusterPlan, type ClusterPorts, masterSpecs, mediaSpecs, tutorialSpecs } from './plan.ts';
import { whenLogged, whenReady } from './readiness.ts';

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
  /** Called when a process exits without having been asked to. */
  onUnexpectedExit: (sentence: string) => void;
}

/** Where the parts of a running cluster are found. */
export interface ClusterAddresses {
  tutorial: string;
  loadBalancer: string;
  masters: string[];
  redisUrl: string;
  databaseUrl: string;
}

const STOP_MS = 5000;
const REDIS_PORT = 4379;
const POSTGRES_PORT = 4432;

/** Starts and stops all processes of a cluster on this machine. */
export class LocalCluster {
  readonly #options: LocalClusterOptions;
  readonly #provider: ProcessProvider;
  readonly #unsubscribe: () => void;
  #stopping = false;

  constructor(options: LocalClusterOptions) {
    this.#options = options;
    const { dir } = options;
    this.#provider = new ProcessProvider({ runDir: join(dir, 'run'), logsDir: join(dir, 'logs') });
    this.#unsubscribe = this.#provider.onExit(({ name, code, signal, expected }) => {
      if (expected || this.#stopping) return;
      const log = join(dir, 'logs', `${name}.log`);
      options.onUnexpectedExit(
        `${name} exited (${signal ?? `code ${code}`}) and isn't started again; log: ${log}`,
      );
    });
  }

  /**
   * Starts everything and waits until all of it is ready.
   *
   * @throws LaunchError when a part doesn't come up. What came up runs on until `stop`.
   */
  async start(): Promise<ClusterAddresses> {
    const { settings, ports, programs, addresses } = this.#options;
    const [redisUrl, databaseUrl] = await Promise.all([this.#startRedis(), this.#startPostgres()]);
    const loadBalancer = `http://localhost:${ports.loadBalancer}`;
    const plan: ClusterPlan = {
      settings,
      ports,
      redisUrl,
      databaseUrl,
      publicUrl: settings.PUBLIC_URL ?? loadBalancer,
      workerBin: programs.mediasoupWorker,
      env: process.env,
    };
    const masters = ports.masters.map((port, index) => ({
      name: `master-${index + 1}`,
      host: '127.0.0.1',
      port,
    }));
    const haproxy = await haproxySpec({
      addresses,
      port: ports.loadBalancer,
      masters,
      program: programs.haproxy,
      dir: join(this.#options.dir, 'haproxy'),
    });
    // The load balancer comes last: it would take masters that don't listen yet for dead, and let them in slowly.
    const nodes = [...masterSpecs(plan), ...mediaSpecs(plan), ...tutorialSpecs(plan)];
    await Promise.all(nodes.map((spec) => this.#launchUntilReady(spec)));
    await this.#launchUntilReady(haproxy);
    return {
      tutorial: `http://localhost:${ports.tutorialWeb}`,
      loadBalancer: loadBalancerUrl(addresses, ports.loadBalancer),
      masters: masters.map(({ host, port }) => `http://${host}:${port}`),
      redisUrl,
      databaseUrl,
    };
  }

  /** The processes that run. */
  list(): LaunchedProcess[] {
    return this.#provider.list();
  }

  /** Stops everything, what serves people first and what others depend on last. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const stores = ['redis', 'postgres'];
    const running = this.#provider.list().map(({ name }) => name);
    await this.#stopAll(running.filter((name) => !stores.includes(name)));
    await this.#stopAll(stores);
    this.#unsubscribe();
  }

  /** Ends everything at once, without waiting for anything to be finished. */
  kill(): void {
    this.#stopping = true;
    for (const { name } of this.#provider.list()) {
      // Ends with the process; there is nobody to wait for it.
      void this.#provider.stop(name, { signal: 'SIGKILL', deadlineMs: 0 });
    }
  }

  async #startRedis(): Promise<string> {
    const { settings, programs, dir } = this.#options;
    if (settings.REDIS_URL !== undefined) return settings.REDIS_URL;
    const port = await nextFree(REDIS_PORT, new Set());
    const spec = await redisSpec({ program: programs.redis, dir: join(dir, 'redis'), port });
    await whenLogged(this.#provider, await this.#launch(spec), redisIsReady);
    return `redis://127.0.0.1:${port}`;
  }

  async #startPostgres(): Promise<string> {
    const { settings, dir, durable } = this.#options;
    if (settings.DATABASE_URL !== undefined) return settings.DATABASE_URL;
    const port = await nextFree(POSTGRES_PORT, new Set());
    const spec = await postgresSpec({ dir: join(dir, 'postgres'), port, durable });
    await whenLogged(this.#provider, await this.#launch(spec), postgresIsReady);
    return postgresUrl(port);
  }

  async #launchUntilReady(spec: ProcessSpec): Promise<void> {
    await whenReady(this.#provider, await this.#launch(spec));
  }

  async #launch(spec: ProcessSpec): Promise<LaunchedProcess> {
    if (this.#stopping) throw new LaunchError('PROCESS_EXITED', `${spec.name} isn't needed any more`);
    return await this.#provider.launch(spec);
  }

  async #stopAll(names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map((name) =>
        // Postgres would wait for its clients at SIGTERM.
        this.#provider.stop(name, {
          signal: name === 'postgres' ? 'SIGINT' : 'SIGTERM',
          deadlineMs: STOP_MS,
        }),
      ),
    );
  }
}
