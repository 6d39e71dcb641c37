// `prisma generate` runs in WebAssembly, yet the CLI first fetches its native schema engine, which fails without
// a network. Naming any executable as that engine skips the download; generate never runs it.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('prisma', ['generate'], {
  stdio: 'inherit',
  env: {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    ...process.env,
  },
});
process.exit(status ?? 1);
