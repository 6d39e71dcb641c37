import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseFreePorts } from '../cluster/choose-ports.ts';
import { type ClusterAddresses, LocalCluster } from '../cluster/local-cluster.ts';
import { programEnv } from '../commands/e2e-script.ts';
import type { Progress } from '../console/progress.ts';
import type { Programs } from '../prepare.ts';
import type { Settings } from '../settings.ts';
import { endLeftovers } from '../system/end-leftovers.ts';
import { LaunchError } from '../system/launch-error.ts';
import { root, stateDir } from '../system/paths.ts';
import { run } from '../system/run.ts';
import { playwrightOutcome } from './reports.ts';
import type { Outcome } from './tally.ts';

/** What the browser tests are run with. */
export interface BrowserTestOptions {
  settings: Settings;
  programs: Programs;
  /** Path of the browser. */
  chrome: string;
  /** Folder for the report. */
  resultsDir: string;
  progress: Progress;
}

const TIMEOUT_MS = 15 * 60_000;
const ADDRESSES = ['127.0.0.1'];

/** Starts a cluster of its own, beside one that people may be using, and runs e2e/ against it. */
export async function runBrowserTests(options: BrowserTestOptions): Promise<Outcome> {
  const { progress, programs } = options;
  const dir = join(stateDir, 'test');
  await endLeftovers(join(dir, 'run'));
  await rm(dir, { recursive: true, force: true });
  // Stores that were given are somebody's: tests get their own.
  const { REDIS_URL: _redis, DATABASE_URL: _database, PUBLIC_URL: _public, ...settings } = options.settings;
  const ports = await chooseFreePorts(settings);
  const cluster = new LocalCluster({
    settings,
    programs,
    ports,
    addresses: ADDRESSES,
    dir,
    durable: false,
    onUnexpectedExit: (sentence) => progress.say(sentence),
  });
  try {
    const addresses = await progress.step('starting a cluster for the browser tests', () => cluster.start());
    return await runPlaywright(options, addresses);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    progress.say(error.message);
    return { name: 'e2e', passed: 0, failed: 1, note: 'the cluster did not start' };
  } finally {
    await cluster.stop();
  }
}

async function runPlaywright(options: BrowserTestOptions, addresses: ClusterAddresses): Promise<Outcome> {
  const { chrome, resultsDir, settings } = options;
  const report = join(resultsDir, 'e2e.json');
  await mkdir(resultsDir, { recursive: true });
  const env = {
    ...process.env,
    // For the clusters that tests start themselves, to break them.
    ...programEnv(options.programs),
    CHROME_BIN: chrome,
    E2E_WEB_URL: addresses.tutorial,
    E2E_API_URL: addresses.loadBalancer,
    E2E_SECRET: settings.OPENVIDU_SECRET,
    E2E_MASTERS: addresses.masters.join(','),
    E2E_REDIS_URL: addresses.redisUrl,
    E2E_FLEET_URL: addresses.fleet,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  };
  const cli = join(root, 'e2e/node_modules/@playwright/test/cli.js');
  await run(process.execPath, [cli, 'test', '--reporter=list,json', '--retries=1'], {
    cwd: join(root, 'e2e'),
    env,
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => console.log(line),
  });
  return playwrightOutcome('e2e', report);
}
