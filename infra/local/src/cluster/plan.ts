import { join } from 'node:path';
import type { FleetPlan, PlanSlot } from '@evercall/fleet/plan';
import type { ProcessSpec } from '@evercall/fleet/process';
import type { LanHost } from '../lan/lan-host.ts';
import { loadBalancerUrl } from '../services/haproxy.ts';
import type { Settings } from '../settings.ts';
import { root } from '../system/paths.ts';

/** Addresses of the parts of one cluster on this machine. */
export interface ClusterPorts {
  loadBalancer: number;
  fleet: number;
  /** One of each place for a master, whether a master is in it or not; the same for media nodes. */
  masters: readonly number[];
  /** HTTP and control link of each media node. */
  media: readonly number[];
  /** First media port of each media node. */
  rtc: readonly number[];
  tutorialApi: number;
  tutorialWeb: number;
  /** Where the inspector of each process listens if there is one. */
  inspectors: { masters: readonly number[]; media: readonly number[]; tutorialApi: number };
  /** Lets another cluster of this machine have the ports of the nodes. They go back at the end of this process anyway. */
  release?: () => Promise<void>;
}

/** How other machines reach this one. */
export interface Lan extends Pick<LanHost, 'host' | 'listen'> {
  port: number;
  /** PEM file with certificate and key. */
  certificate: string;
  /** Whether the REST API is reached from there, too. */
  rest: boolean;
}

/** What the processes of a cluster are started with. */
export interface ClusterPlan {
  settings: Settings;
  ports: ClusterPorts;
  /** URL at which browsers reach the load balancer. */
  publicUrl: string;
  redisUrl: string;
  databaseUrl: string;
  /** Path of the mediasoup worker. */
  workerBin: string;
  /** The environment that every process gets, below what is its own. */
  env: NodeJS.ProcessEnv;
  /** Whether a debugger can be attached to each process. */
  inspect: boolean;
  /** How other machines reach this one; undefined: they don't. */
  lan: Lan | undefined;
  /** What serves the tutorial's page: the build, or its sources, which pages take over as they are changed. */
  page: 'build' | 'sources';
}

/** Where the fleet finds its plan and keeps its files. */
export interface FleetFiles {
  plan: string;
  runDir: string;
  logsDir: string;
}

const host = '127.0.0.1';
const httpUrl = (port: number): string => `http://${host}:${port}`;

export function masterSpecs(plan: ClusterPlan): ProcessSpec[] {
  return plan.ports.masters.map((port, index) =>
    nestApp(plan, {
      app: 'master',
      name: `master-${index + 1}`,
      port,
      inspector: plan.ports.inspectors.masters[index],
      env: { ...clusterEnv(plan), PUBLIC_URL: plan.publicUrl },
    }),
  );
}

export function mediaSpecs(plan: ClusterPlan): ProcessSpec[] {
  return plan.ports.media.map((port, index) =>
    nestApp(plan, {
      app: 'media',
      name: `media-${index + 1}`,
      port,
      inspector: plan.ports.inspectors.media[index],
      env: {
        ...clusterEnv(plan),
        MEDIA_WORKERS: `${plan.settings.MEDIA_WORKERS}`,
        MEDIA_PORT_BASE: `${plan.ports.rtc[index] ?? 0}`,
        MEDIA_LISTEN_ADDRESS: plan.env['MEDIA_LISTEN_ADDRESS'] || (plan.lan?.listen ?? host),
        ...announced(plan),
        MEDIASOUP_WORKER_BIN: plan.workerBin,
      },
    }),
  );
}

/** What browsers are told to send media to, where that isn't what it listens on. */
function announced({ env, lan }: ClusterPlan): NodeJS.ProcessEnv {
  if (env['MEDIA_ANNOUNCED_ADDRESS'] || lan === undefined) return {};
  return { MEDIA_ANNOUNCED_ADDRESS: lan.host };
}

export function tutorialSpecs(plan: ClusterPlan): ProcessSpec[] {
  const { ports } = plan;
  const api = nestApp(plan, {
    app: 'tutorial-api',
    name: 'tutorial-api',
    port: ports.tutorialApi,
    inspector: ports.inspectors.tutorialApi,
    env: {
      DATABASE_URL: plan.databaseUrl,
      OPENVIDU_URL: loadBalancerUrl(plan.settings.LOAD_BALANCER_ADDRESSES, ports.loadBalancer),
      OPENVIDU_SECRET: plan.settings.OPENVIDU_SECRET,
      FLEET_URL: httpUrl(ports.fleet),
      EVERCALL_PLAYGROUND: playground(plan),
    },
  });
  const cwd = join(root, 'apps/tutorial-web');
  const vite = join(cwd, 'node_modules/vite/bin/vite.js');
  const web: ProcessSpec = {
    name: 'tutorial-web',
    command: process.execPath,
    args: [
      vite,
      plan.page === 'build' ? 'preview' : 'dev',
      '--host',
      host,
      '--port',
      `${ports.tutorialWeb}`,
      '--strictPort',
    ],
    cwd,
    env: { ...plan.env, TUTORIAL_API_URL: httpUrl(ports.tutorialApi), ...webHosts(plan) },
    labels: { role: 'tutorial-web', address: httpUrl(ports.tutorialWeb), ready: httpUrl(ports.tutorialWeb) },
  };
  return [api, web];
}

/** The nodes that the fleet may launch, and how many of them at first. */
export function fleetPlan(plan: ClusterPlan, options: { id: string; replace: boolean }): FleetPlan {
  const { MASTERS, MEDIA_NODES } = plan.settings;
  return {
    ...options,
    groups: [
      { role: 'master', min: 1, desired: MASTERS, slots: masterSpecs(plan).map(planSlot) },
      { role: 'media', min: 0, desired: MEDIA_NODES, slots: mediaSpecs(plan).map(planSlot) },
    ],
  };
}

/** The fleet, which runs the nodes. */
export function fleetSpec(plan: ClusterPlan, { plan: file, runDir, logsDir }: FleetFiles): ProcessSpec {
  const spec = nestApp(plan, {
    app: 'fleet',
    name: 'fleet',
    port: plan.ports.fleet,
    env: {
      ...clusterEnv(plan),
      FLEET_PLAN: file,
      FLEET_RUN_DIR: runDir,
      FLEET_LOGS_DIR: logsDir,
      EVERCALL_PLAYGROUND: playground(plan),
    },
  });
  // SIGTERM would leave the nodes to the next fleet.
  return { ...spec, stopSignal: 'SIGINT', onLauncherEnd: 'SIGINT' };
}

/** Names under which the page may be asked for; addresses always may. */
function webHosts({ env, lan }: ClusterPlan): NodeJS.ProcessEnv {
  if (env['TUTORIAL_WEB_HOSTS'] || lan === undefined) return {};
  return { TUTORIAL_WEB_HOSTS: lan.host };
}

/**
 * This cluster is the tutorial's, and its own. Others get no playground unless somebody says so: neither production nor whoever
 * is in the same network.
 */
function playground({ env, lan }: ClusterPlan): string {
  const byDefault = env['NODE_ENV'] === 'production' || lan !== undefined ? '0' : '1';
  return env['EVERCALL_PLAYGROUND'] || byDefault;
}

function planSlot({ name, command, args, cwd, env, labels }: ProcessSpec): PlanSlot {
  const entries = Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return { name, command, args: [...args], cwd, env: Object.fromEntries(entries), labels: { ...labels } };
}

function clusterEnv({ redisUrl, settings }: ClusterPlan): NodeJS.ProcessEnv {
  return { REDIS_URL: redisUrl, OPENVIDU_SECRET: settings.OPENVIDU_SECRET };
}

function nestApp(
  plan: ClusterPlan,
  app: {
    app: string;
    name: string;
    port: number;
    inspector?: number | undefined;
    env: NodeJS.ProcessEnv;
  },
): ProcessSpec {
  const address = httpUrl(app.port);
  // On this machine only: whoever reaches an inspector can do what the process can.
  const inspector = plan.inspect && app.inspector !== undefined ? `${host}:${app.inspector}` : undefined;
  return {
    name: app.name,
    command: process.execPath,
    args: [
      '--enable-source-maps',
      ...(inspector === undefined ? [] : [`--inspect=${inspector}`]),
      'dist/main.js',
    ],
    cwd: join(root, 'apps', app.app),
    env: {
      NODE_ENV: 'development',
      ...plan.env,
      LOG_LEVEL: plan.settings.LOG_LEVEL,
      ...app.env,
      HOST: host,
      PORT: `${app.port}`,
      NODE_NAME: app.name,
      ADVERTISED_URL: address,
    },
    labels: {
      role: app.app,
      address,
      ready: `${address}/health/ready`,
      ...(inspector === undefined ? {} : { inspector }),
    },
  };
}
