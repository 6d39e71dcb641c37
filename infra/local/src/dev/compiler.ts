import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../system/run.ts';
import type { WorkspacePackage } from './workspace.ts';

const TIMEOUT_MS = 120_000;
const tsc = 'tsc -p tsconfig.build.json';

/** Compiles packages again and again, each time only what has changed in them. */
export class Compiler {
  readonly #root: string;
  readonly #dir: string;

  /**
   * @param options.root - Folder of the workspace.
   * @param options.dir - Folder for what the compiler remembers between two times.
   */
  constructor({ root, dir }: { root: string; dir: string }) {
    this.#root = root;
    this.#dir = dir;
  }

  /** Forgets everything: what stands in the build folders may be of another time. */
  async clear(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }

  /**
   * Compiles a package. With a mistake in it nothing is written: what runs goes on with what there was.
   *
   * @returns What the compiler says is wrong; undefined if nothing is.
   */
  async compile({ name, folder, build }: WorkspacePackage): Promise<string | undefined> {
    if (build === undefined) return undefined;
    const memory = join(this.#dir, `${name.replace(/\W+/g, '-')}.tsbuildinfo`);
    const flags = ['--noEmitOnError', '--incremental', '--tsBuildInfoFile', memory, '--pretty', 'false'];
    // What does more than compiling has to be done as it is written there.
    const [command, ...args] = build === tsc ? [...tsc.split(' '), ...flags] : ['pnpm', 'run', 'build'];
    const { code, tail } = await run(command ?? '', args, {
      cwd: join(this.#root, folder),
      timeoutMs: TIMEOUT_MS,
    });
    return code === 0 ? undefined : tail.trim();
  }
}
