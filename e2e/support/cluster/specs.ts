import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from '@evercall/fleet/process';
import { renderHaproxyConfig } from '../../../infra/haproxy/render.ts';
import { nextFree, nextFreeMediaBlock } from '../../../infra/local/src/system/ports.ts';

const host = '127.0.0.1';
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** How large a cluster is and what its nodes are told. */
export interface ClusterOptions {
  masters: number;
  media: number;
  /** mediasoup workers of each media node. */
  workers: number;
  secret: string;
  /** Folder for data, process records and logs. */
  dir: string;
  /** More environment variables for masters and media nodes. */
  env: NodeJS.ProcessEnv;
}

/** Fixed for the life of a cluster, so that what is restarted is found where it was. */
export interface ClusterPorts {
  redis: number;
  loadBalancer: number;
  masters: number[];
  media: number[];
  rtc: number[];
}

/** Below the ports that the kernel gives to outgoing connections: a node that restarts must get its own again. */
export async function choosePorts({ masters, media, workers }: ClusterOptions): Promise<ClusterPorts> {
  const taken = new Set<number>();
  const first = 20_000 + (process.pid % 80) * 100;
  const several = async (count: number): Promise<number[]> => {
    const ports: number[] = [];
    while (ports.length < count) ports.push(await nextFree(first, taken));
    return ports;
  };
  const rtc: number[] = [];
  for (let next = first + 1000; rtc.length < media; next = (rtc.at(-1) ?? next) + 100) {
    rtc.push(await nextFreeMediaBlock(next, workers));
  }
  const [redis = 0, loadBalancer = 0] = await several(2);
  return { redis, loadBalancer, masters: await several(masters), media: await several(media), rtc };
}

export async function redisSpec(dir: string, port: number): Promise<ProcessSpec> {
  await mkdir(dir, { recursive: true });
  const flags = ['--bind', host, '--port', `${port}`, '--dir', dir, '--save', ''];
  return {
    name: 'redis',
    command: process.env.REDIS_SERVER_BIN ?? 'redis-server',
    args: [...flags, '--appendonly', 'yes', '--appendfsync', 'everysec'],
    cwd: dir,
    env: process.env,
    labels: { role: 'redis' },
  };
}

export async function balancerSpec(dir: string, ports: ClusterPorts): Promise<ProcessSpec> {
  await mkdir(dir, { recursive: true });
  const config = join(dir, 'haproxy.cfg');
  const masters = ports.masters.map((port, index) => ({ name: nameOf('master', index), host, port }));
  await writeFile(config, renderHaproxyConfig({ addresses: [host], port: ports.loadBalancer, masters }));
  return {
    name: 'haproxy',
    command: process.env.HAPROXY_BIN ?? 'haproxy',
    args: ['-db', '-f', config],
    cwd: dir,
    env: process.env,
    labels: { role: 'load-balancer', ready: `http://${host}:${ports.loadBalancer}/health/ready` },
  };
}

/** Every master and media node, by its name. */
export function nodeSpecs(options: ClusterOptions, ports: ClusterPorts): Map<string, ProcessSpec> {
  const publicUrl = `http://${host}:${ports.loadBalancer}`;
  const masters = ports.masters.map((port, index) =>
    nodeSpec({ app: 'master', index, port, env: { PUBLIC_URL: publicUrl } }, options, ports),
  );
  const media = ports.media.map((port, index) => {
    const env = {
      MEDIA_WORKERS: `${options.workers}`,
      MEDIA_PORT_BASE: `${ports.rtc[index] ?? 0}`,
      MEDIA_LISTEN_ADDRESS: host,
    };
    return nodeSpec({ app: 'media', index, port, env }, options, ports);
  });
  return new Map([...masters, ...media].map((spec) => [spec.name, spec]));
}

function nodeSpec(
  node: { app: 'master' | 'media'; index: number; port: number; env: NodeJS.ProcessEnv },
  { secret, env }: ClusterOptions,
  ports: ClusterPorts,
): ProcessSpec {
  const name = nameOf(node.app, node.index);
  const address = `http://${host}:${node.port}`;
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', 'dist/main.js'],
    cwd: join(root, 'apps', node.app),
    env: {
      ...process.env,
      LOG_LEVEL: 'info',
      ...env,
      ...node.env,
      REDIS_URL: `redis://${host}:${ports.redis}`,
      OPENVIDU_SECRET: secret,
      HOST: host,
      PORT: `${node.port}`,
      NODE_NAME: name,
      ADVERTISED_URL: address,
    },
    labels: { role: node.app, address, ready: `${address}/health/ready` },
  };
}

function nameOf(app: string, index: number): string {
  return `${app}-${index + 1}`;
}
