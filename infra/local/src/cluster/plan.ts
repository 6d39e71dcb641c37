import { join } from 'node:path';
import type { ProcessSpec } from '@evercall/fleet/process';
import { loadBalancerUrl } from '../services/haproxy.ts';
import type { Settings } from '../settings.ts';
import { root } from '../system/paths.ts';

/** Addresses of the parts of one cluster on this machine. */
export interface ClusterPorts {
  loadBalancer: number;
  masters: readonly number[];
  /** HTTP and control link of each media node. */
  media: readonly number[];
  /** First media port of each media node. */
  rtc: readonly number[];
  tutorialApi: number;
  tutorialWeb: number;
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
}

const host = '127.0.0.1';
const httpUrl = (port: number): string => `http://${host}:${port}`;

export function masterSpecs(plan: ClusterPlan): ProcessSpec[] {
  return plan.ports.masters.map((port, index) =>
    nestApp(plan, {
      app: 'master',
      name: `master-${index + 1}`,
      port,
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
      env: {
        ...clusterEnv(plan),
        MEDIA_WORKERS: `${plan.settings.MEDIA_WORKERS}`,
        MEDIA_PORT_BASE: `${plan.ports.rtc[index] ?? 0}`,
        MEDIA_LISTEN_ADDRESS: plan.env['MEDIA_LISTEN_ADDRESS'] || host,
        MEDIASOUP_WORKER_BIN: plan.workerBin,
      },
    }),
  );
}

export function tutorialSpecs(plan: ClusterPlan): ProcessSpec[] {
  const { ports } = plan;
  const api = nestApp(plan, {
    app: 'tutorial-api',
    name: 'tutorial-api',
    port: ports.tutorialApi,
    env: {
      DATABASE_URL: plan.databaseUrl,
      OPENVIDU_URL: loadBalancerUrl(plan.settings.LOAD_BALANCER_ADDRESSES, ports.loadBalancer),
      OPENVIDU_SECRET: plan.settings.OPENVIDU_SECRET,
    },
  });
  const cwd = join(root, 'apps/tutorial-web');
  const vite = join(cwd, 'node_modules/vite/bin/vite.js');
  const web: ProcessSpec = {
    name: 'tutorial-web',
    command: process.execPath,
    args: [vite, 'preview', '--host', host, '--port', `${ports.tutorialWeb}`, '--strictPort'],
    cwd,
    env: { ...plan.env, TUTORIAL_API_URL: httpUrl(ports.tutorialApi) },
    labels: { role: 'tutorial-web', address: httpUrl(ports.tutorialWeb), ready: httpUrl(ports.tutorialWeb) },
  };
  return [api, web];
}

function clusterEnv({ redisUrl, settings }: ClusterPlan): NodeJS.ProcessEnv {
  return { REDIS_URL: redisUrl, OPENVIDU_SECRET: settings.OPENVIDU_SECRET };
}

function nestApp(
  plan: ClusterPlan,
  app: { app: string; name: string; port: number; env: NodeJS.ProcessEnv },
): ProcessSpec {
  const address = httpUrl(app.port);
  return {
    name: app.name,
    command: process.execPath,
    args: ['--enable-source-maps', 'dist/main.js'],
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
    labels: { role: app.app, address, ready: `${address}/health/ready` },
  };
}
