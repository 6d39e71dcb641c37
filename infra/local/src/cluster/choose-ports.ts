import type { Settings } from '../settings.ts';
import { nextFree, nextFreeMediaBlock, requireFree } from '../system/ports.ts';
import type { ClusterPorts } from './plan.ts';

const FIRST_MASTER = 4501;
const FIRST_MEDIA = 4601;
const FIRST_RTC = 40_000;
const RTC_STEP = 100;
const TUTORIAL_API = 5081;

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
  const several = async (count: number, first: number): Promise<number[]> => {
    const ports: number[] = [];
    while (ports.length < count) ports.push(await nextFree(first, taken));
    return ports;
  };
  const rtc: number[] = [];
  for (let next = FIRST_RTC; rtc.length < settings.MEDIA_NODES; next = (rtc.at(-1) ?? next) + RTC_STEP) {
    rtc.push(await nextFreeMediaBlock(next, settings.MEDIA_WORKERS));
  }
  return {
    loadBalancer: wanted.loadBalancer ?? (await nextFree(14_443, taken)),
    tutorialWeb: wanted.tutorialWeb ?? (await nextFree(15_080, taken)),
    tutorialApi: await nextFree(TUTORIAL_API, taken),
    masters: await several(settings.MASTERS, FIRST_MASTER),
    media: await several(settings.MEDIA_NODES, FIRST_MEDIA),
    rtc,
  };
}
