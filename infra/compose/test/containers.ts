import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const execute = promisify(execFile);
const TIMEOUT_MS = 60_000;
/** Name of the project, with which the names of its containers begin. */
export const project = 'evercall-test';

const containerSchema = z.object({
  State: z.object({
    Pid: z.number(),
    Status: z.string(),
    ExitCode: z.number(),
    Health: z.object({ Status: z.string() }).optional(),
  }),
  RestartCount: z.number(),
});

/** What Docker says of one container. */
export interface ContainerState {
  /** Process id outside the container. */
  pid: number;
  status: string;
  health: string | undefined;
  restarts: number;
  exitCode: number;
}

/** Container of this cluster by the end of its name: `master-1`. */
export async function inspect(name: string): Promise<ContainerState> {
  const stdout = await docker(['inspect', '--format', '{{json .}}', `${project}-${name}`]);
  const { State: state, RestartCount: restarts } = containerSchema.parse(JSON.parse(stdout));
  const { Pid: pid, Status: status, ExitCode: exitCode } = state;
  return { pid, status, health: state.Health?.Status, restarts, exitCode };
}

/**
 * Kills a container's main process with SIGKILL from outside, as a crash would. `docker kill` is something else: what it ends
 * is not started again. From a container that sees the processes of the machine, so that nobody has to be root.
 */
export async function crash(name: string): Promise<void> {
  const { pid } = await inspect(name);
  const helper = ['run', '--rm', '--pid', 'host', '--user', 'root', '--network', 'none'];
  await docker([...helper, '--entrypoint', 'sh', 'evercall/master:test', '-c', `kill -9 ${pid}`]);
}

/** Asks a container's main process to end and waits until it has. */
export async function stop(name: string): Promise<void> {
  await docker(['stop', '--time', '15', `${project}-${name}`]);
}

export async function start(name: string): Promise<void> {
  await docker(['start', `${project}-${name}`]);
}

/** Changes the number of masters. */
export async function scaleMasters(count: number): Promise<void> {
  const scale = ['--no-build', '--no-recreate', '--scale', `master=${count}`];
  await docker(['compose', 'up', '--detach', ...scale, 'master']);
}

async function docker(args: string[]): Promise<string> {
  const { stdout } = await execute('docker', args, { timeout: TIMEOUT_MS });
  return stdout;
}
