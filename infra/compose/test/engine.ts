import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../local/src/system/find-program.ts';
import { LaunchError } from '../../local/src/system/launch-error.ts';
import { cacheDir } from '../../local/src/system/paths.ts';
import { run } from '../../local/src/system/run.ts';

/** A Docker Engine with compose v2. */
export interface Engine extends AsyncDisposable {
  /** What `docker` has to be run with to reach it. */
  env: NodeJS.ProcessEnv;
  /** It has no bridge to the outside: images have to be built on the machine's own network. */
  isCutOff: boolean;
}

const ASK_TIMEOUT_MS = 10_000;
const START_TIMEOUT_MS = 20_000;
const installHint =
  'install Docker Engine and its compose plugin (https://docs.docker.com/engine/install/; on Debian 12 with ' +
  "Debian's archive alone: infra/compose/test/install-engine.sh)";

/**
 * The engine that `docker` reaches; for root, where none runs, one of its own with its data in `EVERCALL_DOCKER_DATA`
 * (default: the user's cache), which ends with the test.
 *
 * @throws LaunchError `NOT_INSTALLABLE` with what to do.
 */
export async function findEngine(say: (text: string) => void): Promise<Engine> {
  const compose = await run('docker', ['compose', 'version'], { timeoutMs: ASK_TIMEOUT_MS });
  if (compose.code !== 0) {
    throw new LaunchError('NOT_INSTALLABLE', `There is no docker compose here: ${installHint}.`);
  }
  if (await answers(process.env)) {
    const bridge = await run('docker', ['network', 'inspect', 'bridge'], { timeoutMs: ASK_TIMEOUT_MS });
    return { env: process.env, isCutOff: bridge.code !== 0, [Symbol.asyncDispose]: async () => undefined };
  }
  if (process.getuid?.() === 0 && findProgram(['dockerd']) !== undefined) return await startEngine(say);
  throw new LaunchError(
    'NOT_INSTALLABLE',
    `No Docker Engine answers (docker version): start it, allow this user to use it, or ${installHint}.`,
  );
}

async function answers(env: NodeJS.ProcessEnv): Promise<boolean> {
  const { code } = await run('docker', ['version'], { env, timeoutMs: ASK_TIMEOUT_MS });
  return code === 0;
}

/** An engine that leaves this machine's network and firewall as they are. */
async function startEngine(say: (text: string) => void): Promise<Engine> {
  const data = process.env['EVERCALL_DOCKER_DATA'] || join(cacheDir(), 'docker');
  await mkdir(data, { recursive: true });
  // Short, because it holds sockets.
  const work = await mkdtemp(join(tmpdir(), 'evercall-docker-'));
  const socket = `unix://${work}/docker.sock`;
  say(`no Docker Engine runs: starting one for this test, with its data in ${data}`);
  const network = ['--iptables=false', '--ip-masq=false', '--ip-forward=false', '--bridge=none'];
  const places = ['--data-root', data, '--exec-root', join(work, 'exec'), '--pidfile', join(work, 'pid')];
  // It gets SIGTERM when this process is killed.
  const tether = ['--pdeathsig', 'TERM', '--', 'dockerd'];
  const daemon = spawn('setpriv', [...tether, ...places, '-H', socket, ...network], { stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => {
    daemon.once('error', () => resolve());
    daemon.once('exit', () => resolve());
  });
  const env = { ...process.env, DOCKER_HOST: socket };
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await exited;
    await rm(work, { recursive: true, force: true });
  };
  const limit = AbortSignal.timeout(START_TIMEOUT_MS);
  while (!limit.aborted && daemon.exitCode === null) {
    if (await answers(env)) return { env, isCutOff: true, [Symbol.asyncDispose]: stop };
    await sleep(200);
  }
  await stop();
  throw new LaunchError(
    'NOT_READY',
    `dockerd doesn't come up: run it by hand to see why, or ${installHint}.`,
  );
}
