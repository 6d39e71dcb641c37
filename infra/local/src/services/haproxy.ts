import { mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { ProcessSpec } from '@evercall/fleet/process';
import { type HaproxyOptions, type HttpsOrigin, renderHaproxyConfig } from '../../../haproxy/render.ts';
import type { ClusterPorts, Lan } from '../cluster/plan.ts';

/** The addresses among these that this machine has: `::1` is missing where IPv6 is off. */
export function existingAddresses(addresses: readonly string[]): string[] {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const hasIpv6 = own.some(({ family }) => family === 'IPv6');
  return addresses.filter((address) => hasIpv6 || !address.includes(':'));
}

/** URL at which a process of this machine reaches the load balancer. */
export function loadBalancerUrl(addresses: readonly string[], port: number): string {
  const [first = '127.0.0.1'] = addresses;
  const reachable = first === '0.0.0.0' ? '127.0.0.1' : first === '::' ? '::1' : first;
  return reachable.includes(':') ? `http://[${reachable}]:${port}` : `http://${reachable}:${port}`;
}

/** HAProxy in front of the masters. */
export async function haproxySpec(
  options: HaproxyOptions & { program: string; dir: string },
): Promise<ProcessSpec> {
  const { program, dir } = options;
  await mkdir(dir, { recursive: true });
  const config = join(dir, 'haproxy.cfg');
  await writeFile(config, renderHaproxyConfig(options));
  const address = loadBalancerUrl(options.addresses, options.port);
  return {
    name: 'haproxy',
    command: program,
    args: ['-db', '-f', config],
    cwd: dir,
    env: process.env,
    // It is ready when it lets a master's answer through.
    labels: { role: 'load-balancer', address, ready: `${address}/health/ready` },
  };
}

/** The one address under which other machines find page, backend and sockets. */
export function httpsOrigin(
  { listen, port, certificate, rest }: Lan,
  { tutorialApi, tutorialWeb }: Pick<ClusterPorts, 'tutorialApi' | 'tutorialWeb'>,
): HttpsOrigin {
  return {
    address: listen,
    port,
    certificate,
    rest,
    backend: { host: '127.0.0.1', port: tutorialApi },
    page: { host: '127.0.0.1', port: tutorialWeb },
  };
}
