// npm run chaos -- --minutes N --seed S. Started by infra/local, which brings the programs.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { chromiumFlags } from '../../support/chromium-flags.ts';
import { randomChaos } from './random-chaos.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) throw new Error('Say npm run chaos -- --minutes 10 --seed 1');

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const browser = await chromium.launch({
  executablePath: process.env.CHROME_BIN ?? '/usr/bin/chromium',
  args: chromiumFlags,
});
const dir = fileURLToPath(new URL('../../../.evercall/random-chaos', import.meta.url));
say(`seed ${seed}, ${minutes} minutes`);
try {
  await randomChaos({ seed, minutes, browser, dir, say });
  say('everybody agreed with the model after every step');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  say(`npm run chaos -- --minutes ${minutes} --seed ${seed} repeats these choices; logs: ${dir}/logs`);
  process.exitCode = 1;
} finally {
  await browser.close();
}
