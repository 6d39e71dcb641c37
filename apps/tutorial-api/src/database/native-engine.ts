import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageDir } from './migrations-folder.js';

const run = promisify(execFile);

/** Milliseconds that the Prisma CLI may take to find or download its engine. */
const engineTimeoutMs = 15_000;
/** Milliseconds that the migrations may take; generous, as one that is cut off must be resolved by hand. */
const deployTimeoutMs = 10 * 60_000;

/**
 * Whether the Prisma CLI is installed and has, or can download, its native schema engine. Each of its commands gets
 * the engine first; `version` does nothing else.
 */
export async function hasNativeEngine(): Promise<boolean> {
  try {
    await prisma(['version'], engineTimeoutMs);
    return true;
  } catch {
    // Whatever the reason is (no CLI in production, no network), the other engine does the same.
    return false;
  }
}

/**
 * `prisma migrate deploy`.
 *
 * @throws Error with the output of the CLI
 */
export async function deployByNativeEngine(url: string): Promise<void> {
  await prisma(['migrate', 'deploy'], deployTimeoutMs, url);
}

async function prisma(args: string[], timeout: number, url?: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
  await run(process.execPath, [join(dirname(manifest), 'build', 'index.js'), ...args], {
    cwd: packageDir,
    timeout,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      ...(url === undefined ? {} : { DATABASE_URL: url }),
    },
  });
}
