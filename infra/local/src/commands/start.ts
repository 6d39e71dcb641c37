import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { choosePorts } from '../cluster/choose-ports.ts';
import type { LocalCluster } from '../cluster/local-cluster.ts';
import { Progress } from '../console/progress.ts';
import { buildWorkspace, getPrograms } from '../prepare.ts';
import { existingAddresses } from '../services/haproxy.ts';
import { parseSettings, type Settings } from '../settings.ts';
import { LaunchError } from '../system/launch-error.ts';
import { tryLockMachineWide } from '../system/machine-lock.ts';
import { root, runDir, stateDir } from '../system/paths.ts';
import type { StopRequest } from '../system/stop-request.ts';

/** What `npm start` was told on the command line. */
export interface StartOptions {
  masters: number | undefined;
  media: number | undefined;
  /** Whether a debugger can be attached to each node. */
  inspect?: boolean;
  /** What serves the tutorial's page; default the build. */
  page?: 'build' | 'sources';
  /** Lets other machines in, over HTTPS. */
  lan?: boolean;
  /** How they reach this one: an address or a name; by default it is found. */
  host?: string | undefined;
}

/** What goes with a start. */
export interface StartHooks {
  stop: StopRequest;
  /** Called with the lines to print when everything is ready. */
  onReady: (lines: string[]) => void;
  /** Runs beside the cluster until it is stopped; ends itself by the function that it returns. */
  beside?: (cluster: LocalCluster) => Promise<() => Promise<void>>;
}

/**
 * Brings the cluster up and keeps it until it is asked to stop.
 *
 * @throws LaunchError with what to do; everything that had come up is stopped then.
 */
export async function start(options: StartOptions, { stop, onReady, beside }: StartHooks): Promise<void> {
  const progress = new Progress(process.stderr);
  const { settings, addresses, ports, programs, lan } = await getReady(options, { stop, progress });
  // What is imported only now is built by now.
  const { recordSelf } = await import('@evercall/fleet/process');
  const { LocalCluster } = await import('../cluster/local-cluster.ts');
  const { announcement } = await import('./announcement.ts');
  const forget = recordSelf(runDir, { name: 'launcher', labels: { role: 'launcher' } });
  const cluster = new LocalCluster({
    settings,
    programs,
    ports,
    addresses,
    dir: stateDir,
    durable: true,
    inspect: options.inspect ?? false,
    lan,
    page: options.page ?? 'build',
    onUnexpectedExit: (sentence) => progress.say(sentence),
  });
  stop.onSecond(() => cluster.kill());
  let end: (() => Promise<void>) | undefined;
  try {
    const found = await stop.unless(progress.step('starting the cluster', () => cluster.start()));
    end = await beside?.(cluster);
    const loadBalancer = `http://localhost:${ports.loadBalancer}`;
    onReady(announcement({ tutorial: found.tutorial, loadBalancer, lan }));
    await stop.requested;
  } finally {
    await end?.();
    await progress.step('stopping the cluster', () => cluster.stop());
    forget();
  }
}

/** Does all that may take long or fail, so that a start in the background afterwards only has to start. */
export async function prepare(options: StartOptions, stop: StopRequest): Promise<void> {
  const { unlock } = await getReady(options, { stop, progress: new Progress(process.stderr) });
  await unlock();
}

/** Everything up to the point where processes are started. Holds the lock of this checkout from then on. */
async function getReady(
  options: StartOptions,
  { stop, progress }: { stop: StopRequest; progress: Progress },
) {
  const parsed = parseSettings(process.env);
  const settings: Settings = {
    ...parsed,
    MASTERS: options.masters ?? parsed.MASTERS,
    MEDIA_NODES: options.media ?? parsed.MEDIA_NODES,
  };
  const unlock = await refuseSecond();
  const { lan: isForLan = false, host } = options;
  // Loaded only now, as what it is made of may only now be installed.
  const { prepareLan } = await import('../lan/prepare-lan.ts');
  const lan = isForLan ? await prepareLan(settings, { host, dir: join(stateDir, 'tls') }) : undefined;
  await stop.unless(buildWorkspace(progress));
  const { endLeftovers } = await import('../system/end-leftovers.ts');
  for (const { name } of await endLeftovers(runDir)) {
    progress.say(`stopped ${name}, which an earlier start had left behind`);
  }
  const addresses = existingAddresses(settings.LOAD_BALANCER_ADDRESSES);
  const ports = await choosePorts(settings, addresses);
  const programs = await stop.unless(getPrograms(progress));
  return { settings, addresses, ports, programs, lan, unlock };
}

/** One cluster for each checkout: the lock is held until this process ends. */
async function refuseSecond(): Promise<() => Promise<void>> {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 16);
  const unlock = await tryLockMachineWide(`cluster-${checkout}`);
  if (unlock !== undefined) return unlock;
  throw new LaunchError(
    'ALREADY_RUNNING',
    'The cluster of this checkout is starting or running already: npm run status shows it, npm run stop ends it.',
  );
}
