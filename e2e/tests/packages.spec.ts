import { type Browser, expect, type Page } from '@playwright/test';
import { environment, newRoom } from '../support/environment.js';
import { expectReceives } from '../support/expect-media.js';
import { probeMedia } from '../support/media-probe.js';
import { OutsideProject } from '../support/outside-project.js';
import { test } from '../support/people.js';

let outside: OutsideProject;
test.beforeAll(async () => {
  // Packing, installing, compiling.
  test.setTimeout(180_000);
  outside = new OutsideProject();
  await outside.make();
});
test.afterAll(async () => outside[Symbol.asyncDispose]());

test('who installs the packages has a backend, a React page and a page without a bundler that meet', async ({
  browser,
}) => {
  const args = ['backend.ts', environment.apiUrl, environment.secret, newRoom()];
  const [ann = '', bob = ''] = JSON.parse(await outside.run(process.execPath, args)) as string[];
  const address = await outside.serve();
  const react = await open(browser, `${address}/#${encodeURIComponent(ann)}`);
  const plain = await open(browser, `${address}/script.html#${encodeURIComponent(bob)}`);
  await expect(react.getByRole('heading')).toHaveAttribute('data-state', 'connected');
  await expect(plain).toHaveTitle('published');
  for (const page of [react, plain]) await expectReceives(page, { audio: 1, video: 1 });
});

async function open(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  await probeMedia(page);
  await page.goto(address);
  return page;
}
