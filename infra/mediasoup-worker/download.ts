import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../local/src/system/run.ts';

const TIMEOUT_MS = 20_000;

/**
 * Has mediasoup download the worker it prebuilt for this kind of machine, into its own package folder. Undefined when
 * there is none, or no way to GitHub within 20 s.
 */
export async function downloadWorker(mediasoupDir: string): Promise<string | undefined> {
  const binary = join(mediasoupDir, 'worker/out/Release/mediasoup-worker');
  const stop = new AbortController();
  const { code } = await run(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: mediasoupDir,
    timeoutMs: TIMEOUT_MS,
    signal: stop.signal,
    onLine: (line) => {
      // Its next step would be a build of its own, with tools and sources that it downloads.
      if (line.includes('building it locally')) stop.abort();
    },
  });
  return code === 0 && existsSync(binary) ? binary : undefined;
}
