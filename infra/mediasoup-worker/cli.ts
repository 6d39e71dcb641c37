// Prints the path of the mediasoup worker, after getting one if need be: node infra/mediasoup-worker/cli.ts
import { LaunchError } from '../local/src/system/launch-error.ts';
import { mediasoupDir } from '../local/src/system/paths.ts';
import { resolveWorker } from './resolve.ts';

try {
  const worker = await resolveWorker({
    mediasoupDir: mediasoupDir(),
    env: process.env,
    progress: {
      step: (text) => console.error(text),
      compiled: (done, total) => process.stderr.write(`\r[${done}/${total}]${done === total ? '\n' : ''}`),
    },
  });
  console.log(worker.path);
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
