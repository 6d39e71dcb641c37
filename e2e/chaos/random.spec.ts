import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import { randomChaos } from './random/random-chaos.ts';

const seed = Number(process.env.E2E_CHAOS_SEED ?? 1);
const minutes = 1;

test('a minute of things at random, with a model to compare with', async ({ browser }) => {
  test.setTimeout(4 * 60_000);
  const dir = fileURLToPath(new URL('../../.evercall/random-chaos', import.meta.url));
  await test.step(`npm run chaos -- --minutes ${minutes} --seed ${seed}`, async () => {
    await randomChaos({ seed, minutes, browser, dir, say: (text) => console.log(text) });
  });
});
