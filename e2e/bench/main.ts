// npm run bench -- failover --runs 20 --json FILE [--fault NAME…]. Started by infra/local, which brings the programs.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { failover } from './failover/failover.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '20' },
    json: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
  },
});
const runs = Number(values.runs);
if (positionals.join(' ') !== 'failover' || !Number.isInteger(runs) || runs < 1) {
  throw new Error('Say what to measure: npm run bench -- failover --runs 20 [--json FILE] [--fault NAME]');
}

await failover({
  runs,
  only: values.fault,
  json: values.json,
  chrome: process.env.CHROME_BIN ?? '/usr/bin/chromium',
  dir: process.env.EVERCALL_BENCH_DIR ?? fileURLToPath(new URL('../../.evercall/bench', import.meta.url)),
  say: (text) => process.stdout.write(`${text}\n`),
});
