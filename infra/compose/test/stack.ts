import { join } from 'node:path';
import { z } from 'zod';
import { mustRun } from '../../local/src/system/run.ts';
import type { Engine } from './engine.ts';

const MINUTE_MS = 60_000;
const folder = join(import.meta.dirname, '..');

/** A cluster in containers that only a test uses: its own project, ports, images' tag and data. */
export class Stack {
  /** What `docker compose` is run with, here or by a test, to mean this cluster. */
  readonly env: NodeJS.ProcessEnv;

  /** @param settings variables of compose.yaml */
  constructor(engine: Engine, project: string, settings: Record<string, string>) {
    const files = ['compose.yaml', ...(engine.isCutOff ? ['test/cut-off.yaml'] : [])];
    // Whoever runs the test may have settings of their own, in the environment or in .env: a test takes the defaults.
    const inherited = Object.entries(engine.env).filter(([name]) => /^(PATH|HOME|DOCKER_.*)$/.test(name));
    this.env = {
      ...Object.fromEntries(inherited),
      ...settings,
      IMAGE_TAG: 'test',
      COMPOSE_PROJECT_NAME: project,
      COMPOSE_FILE: files.map((file) => join(folder, file)).join(':'),
      COMPOSE_ENV_FILES: '/dev/null',
    };
  }

  async build(onLine: (line: string) => void): Promise<void> {
    await this.#compose(['build', '--progress', 'plain'], { timeoutMs: 30 * MINUTE_MS, onLine });
  }

  /** Starts all of it, and comes back when every part is healthy. */
  async up(): Promise<void> {
    await this.#compose(['up', '--detach', '--wait', '--no-build'], { timeoutMs: 5 * MINUTE_MS });
  }

  /** Stops all of it and deletes its data. */
  async down(): Promise<void> {
    await this.#compose(['down', '--volumes', '--remove-orphans', '--timeout', '15'], {
      timeoutMs: 5 * MINUTE_MS,
    });
  }

  /** Password of the REST API that was made for it. */
  async secret(): Promise<string> {
    const file = '/run/evercall/openvidu-secret';
    const { stdout } = await this.#compose(['exec', '-T', 'master', 'cat', file], { timeoutMs: MINUTE_MS });
    return stdout.trim();
  }

  async logs(): Promise<string> {
    return (await this.#compose(['logs', '--no-color', '--timestamps'], { timeoutMs: MINUTE_MS })).stdout;
  }

  /** Megabytes of each image of ours. */
  async imageSizes(): Promise<Record<string, number>> {
    const format = '{"name":"{{.Repository}}","size":"{{.Size}}"}';
    const args = ['image', 'ls', '--format', format, '--filter', 'reference=evercall/*:test'];
    const { stdout } = await mustRun('docker', args, {
      env: this.env,
      timeoutMs: MINUTE_MS,
    });
    const lines = stdout.split('\n').filter((line) => line !== '');
    const image = z.object({ name: z.string(), size: z.string() });
    const images = lines.map((line) => image.parse(JSON.parse(line)));
    return Object.fromEntries(images.map(({ name, size }) => [name, Math.round(Number.parseFloat(size))]));
  }

  #compose(args: string[], options: { timeoutMs: number; onLine?: (line: string) => void }) {
    return mustRun('docker', ['compose', ...args], { cwd: folder, env: this.env, ...options });
  }
}
