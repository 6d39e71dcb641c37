import { mkdir } from 'node:fs/promises';
import type { ProcessSpec } from '@evercall/fleet/process';

/** Said by Redis and Valkey when they can be used. */
export const redisIsReady = 'Ready to accept connections';

/** A Redis on 127.0.0.1 that keeps its data in `dir`: what was written up to a second ago survives its death. */
export async function redisSpec(options: {
  program: string;
  dir: string;
  port: number;
}): Promise<ProcessSpec> {
  const { program, dir, port } = options;
  await mkdir(dir, { recursive: true });
  const flags = {
    '--bind': '127.0.0.1',
    '--port': `${port}`,
    '--dir': dir,
    '--save': '',
    '--appendonly': 'yes',
    '--appendfsync': 'everysec',
  };
  return {
    name: 'redis',
    command: program,
    args: Object.entries(flags).flat(),
    cwd: dir,
    env: process.env,
    labels: { role: 'redis', address: `redis://127.0.0.1:${port}` },
  };
}
