import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { OpenVidu } from 'openvidu-node-client';
import { environment, newRoom } from '../support/environment.js';
import { expectReceives } from '../support/expect-media.js';
import { probeMedia } from '../support/media-probe.js';
import { OpenViduPageServer } from '../support/openvidu-page.js';
import { test } from '../support/people.js';

let server: OpenViduPageServer;
test.beforeAll(async () => {
  server = await OpenViduPageServer.start();
});
test.afterAll(async () => server[Symbol.asyncDispose]());

test('a page written for OpenVidu 2 works with another script', async ({ browser }) => {
  const backend = new OpenVidu(environment.apiUrl, environment.secret);
  const session = await backend.createSession({ customSessionId: newRoom() });
  const [ann, bob] = [await open(browser, session), await open(browser, session)];
  for (const page of [ann, bob]) {
    await expectReceives(page, { audio: 1, video: 1 });
    await expect(page.locator('video')).toHaveCount(2);
  }
  await expect(line(ann, 'connectionCreated of the page%/%of the backend')).toHaveCount(1);
  await session.fetch();
  expect(session.activeConnections.flatMap(({ publishers }) => publishers)).toHaveLength(2);

  await ann.evaluate('session.signal({ type: "chat", data: "hi" })');
  for (const page of [ann, bob]) await expect(line(page, 'signal hi')).toHaveCount(1);

  await ann.evaluate('session.disconnect()');
  await expect(line(ann, 'sessionDisconnected disconnect')).toHaveCount(1);
  await expect(line(bob, 'connectionDestroyed disconnect')).toHaveCount(1);
  const last = bob.locator('#log li').nth(-2);
  await expect(last).toHaveText('streamDestroyed disconnect');
  await expect(bob.locator('video')).toHaveCount(1);
});

test('a page that is simply closed is gone for the others at once', async ({ browser }) => {
  const backend = new OpenVidu(environment.apiUrl, environment.secret);
  const session = await backend.createSession({ customSessionId: newRoom() });
  const [ann, bob] = [await open(browser, session), await open(browser, session)];
  await expectReceives(bob, { audio: 1, video: 1 });
  await ann.close();
  await expect(line(bob, 'connectionDestroyed disconnect')).toHaveCount(1);
});

/** Opens the page with a new token of the session, and waits until it sends. */
async function open(
  browser: Browser,
  session: { createConnection: (properties: { data: string }) => Promise<{ token: string }> },
): Promise<Page> {
  const { token } = await session.createConnection({ data: 'of the backend' });
  const page = await browser.newPage();
  await probeMedia(page);
  await page.goto(server.url(token));
  await expect(line(page, 'published')).toHaveCount(1);
  return page;
}

/** Lines of the page's log that begin so. */
function line(page: Page, text: string): Locator {
  return page.locator('#log li').filter({ hasText: new RegExp(`^${text}`) });
}
