import { type Settings, slotsOfRole } from '../settings.ts';
import { LaunchError } from '../system/launch-error.ts';
import { tryLockMachineWide } from '../system/machine-lock.ts';
import { isFree, isFreeForMedia, nextFree, requireFree } from '../system/ports.ts';
import type { ClusterPorts } from './plan.ts';

const FIRST_MASTER = 4501;
const FIRST_MEDIA = 4601;
const FIRST_RTC = 40_000;
const RTC_STEP = 100;
const TUTORIAL_API = 5081;
const FIRST_MASTER_INSPECTOR = 9301;
const FIRST_MEDIA_INSPECTOR = 9401;
const TUTORIAL_API_INSPECTOR = 9501;
/** Ranges of node ports; each belongs to one cluster of this machine at a time. */
const RANGES = 9;
const RANGE_STEP = 10;

type NodePorts = Pick<ClusterPorts, 'masters' | 'media' | 'rtc' | 'inspectors' | 'release'>;

/**
 * Ports for the cluster that people use: the load balancer's and the tutorial's as set, the others as they are free.
 *
 * @throws LaunchError `PORT_BUSY`
 */
export async function choosePorts(settings: Settings, addresses: readonly string[]): Promise<ClusterPorts> {
  await requireFree(settings.LOAD_BALANCER_PORT, 'LOAD_BALANCER_PORT', addresses);
  await requireFree(settings.TUTORIAL_PORT, 'TUTORIAL_PORT');
  return await chooseFrom(settings, {
    loadBalancer: settings.LOAD_BALANCER_PORT,
    tutorialWeb: settings.TUTORIAL_PORT,
  });
}

/** Free ports for a cluster that runs beside the one that people use. */
export async function chooseFreePorts(settings: Settings): Promise<ClusterPorts> {
  return await chooseFrom(settings, {});
}

async function chooseFrom(
  settings: Settings,
  wanted: { loadBalancer?: number; tutorialWeb?: number },
): Promise<ClusterPorts> {
  const taken = new Set<number>(Object.values(wanted));
  const { range, ...nodes } = await reserveNodePorts(settings.MEDIA_WORKERS);
  // Clusters that start at the same time look for their other ports in different places, too.
  const offset = RANGE_STEP * range;
  return {
    loadBalancer: wanted.loadBalancer ?? (await nextFree(14_443 + offset, taken)),
    tutorialWeb: wanted.tutorialWeb ?? (await nextFree(15_080 + offset, taken)),
    tutorialApi: await nextFree(TUTORIAL_API + offset, taken),
    fleet: await nextFree(settings.FLEET_PORT + offset, taken),
    ...nodes,
  };
}

/**
 * A range of ports for all places of nodes, those that are empty at first included: the load balancer of one cluster must
 * never find a master of another in such a place. It stays
 * reserved until this process ends or releases it.
 *
 * @throws LaunchError `PORT_BUSY`
 */
async function reserveNodePorts(workers: number): Promise<NodePorts & { range: number }> {
  for (let range = 0; range < RANGES; range += 1) {
    const unlock = await tryLockMachineWide(`node-ports-${range}`);
    if (unlock === undefined) continue;
    const ports = portsOf(range);
    if (await areFree(ports, workers)) return { ...ports, range, release: unlock };
    await unlock();
  }
  throw new LaunchError(
    'PORT_BUSY',
    'No range of ports for nodes is free: stop another cluster of this machine.',
  );
}

function portsOf(range: number): NodePorts {
  const from = (first: number, step: number): number[] =>
    Array.from({ length: slotsOfRole }, (_, index) => first + step * index);
  return {
    masters: from(FIRST_MASTER + RANGE_STEP * range, 1),
    media: from(FIRST_MEDIA + RANGE_STEP * range, 1),
    rtc: from(FIRST_RTC + RANGE_STEP * RTC_STEP * range, RTC_STEP),
    inspectors: {
      masters: from(FIRST_MASTER_INSPECTOR + RANGE_STEP * range, 1),
      media: from(FIRST_MEDIA_INSPECTOR + RANGE_STEP * range, 1),
      tutorialApi: TUTORIAL_API_INSPECTOR + RANGE_STEP * range,
    },
  };
}

async function areFree({ masters, media, rtc }: NodePorts, workers: number): Promise<boolean> {
  const tcp = await Promise.all([...masters, ...media].map((port) => isFree(port)));
  return (
    tcp.every(Boolean) && (await Promise.all(rtc.map((base) => isFreeForMedia(base, workers)))).every(Boolean)
  );
}
