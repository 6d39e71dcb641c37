import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { OpenVidu } from 'openvidu-node-client';
import { environment, newRoom } from '../support/environment.js';
import { probeMedia, received } from '../support/media-probe.js';

/** A page as one writes it for OpenVidu 2, but for the script that it loads. */
const html = `<!doctype html><meta charset="utf-8"><title>page</title><div id="videos"></div><ol id="log"></ol>
<script src="/sdk.js"></script><script>
const log = (text) => { const li = document.createElement('li'); li.textContent = text; document.getElementById('log').append(li); };
const OV = new OpenVidu();
const session = OV.initSession();
session.on('connectionCreated', (event) => log('connectionCreated ' + (event.connection.connectionId === session.connection.connectionId ? 'own' : 'other')));
session.on('streamCreated', (event) => { log('streamCreated'); session.subscribe(event.stream, 'videos'); });
session.on('streamDestroyed', (event) => log('streamDestroyed ' + event.reason));
session.on('connectionDestroyed', (event) => log('connectionDestroyed ' + event.reason));
session.on('sessionDisconnected', (event) => log('sessionDisconnected ' + event.reason));
session.on('signal:chat', (event) => log('signal ' + event.data));
const token = decodeURIComponent(location.hash.slice(1));
session.connect(token, 'data of the page').then(() => {
  log('connected');
  const publisher = OV.initPublisher('videos', { resolution: '320x240' }, (error) => { if (error) log(error.name); });
  return session.publish(publisher);
}).then(() => log('published')).catch((error) => log('refused ' + error.name));
window.session = session;
</script>`;

let server: Server;
let url: string;
test.beforeAll(async () => {
  const sdk = readFileSync(new URL('../../packages/client/dist/evercall.global.js', import.meta.url));
  server = createServer((request, response) => {
    response.end(request.url === '/sdk.js' ? sdk : html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => {
  server.close();
});

test('an OpenVidu 2 backend and page work with another URL and another script', async ({ browser }) => {
  const backend = new OpenVidu(environment.apiUrl, environment.secret);
  const session = await backend.createSession({ customSessionId: newRoom() });
  expect((await backend.createSession({ customSessionId: session.sessionId })).sessionId).toBe(
    session.sessionId,
  );
  const pages = await Promise.all(
    [0, 1].map(async () => {
      const { token } = await session.createConnection({});
      const page = await (await browser.newContext({ permissions: ['camera', 'microphone'] })).newPage();
      await probeMedia(page);
      await page.goto(`${url}#${encodeURIComponent(token)}`);
      await expect(page.locator('#log')).toContainText('published');
      await page.evaluate(() => history.replaceState(null, '', '/'));
      return { page, token };
    }),
  );
  for (const { page } of pages) {
    await expect.poll(async () => (await received(page)).filter(({ amount }) => amount > 0).length).toBe(2);
    await expect(page.locator('video')).toHaveCount(2);
  }
  await session.fetch();
  expect(session.activeConnections).toHaveLength(2);
  expect(session.activeConnections.flatMap(({ publishers }) => publishers)).toHaveLength(2);

  const [first, second] = pages;
  await first!.page.evaluate('session.signal({ type: "chat", data: "hi" })');
  await expect(second!.page.locator('#log')).toContainText('signal hi');
  await first!.page.evaluate('session.disconnect()');
  await expect(second!.page.locator('#log')).toContainText(
    'streamDestroyed disconnectconnectionDestroyed disconnect',
  );
  await expect(first!.page.locator('#log')).toContainText('sessionDisconnected disconnect');

  await second!.page.goto('about:blank');
  await second!.page.goto(`${url}#${encodeURIComponent(second!.token)}`);
  await expect(second!.page.locator('#log')).toContainText('refused');
});

test('a wrong secret is refused', async () => {
  const stranger = new OpenVidu(environment.apiUrl, 'WRONG');
  await expect(stranger.createSession()).rejects.toThrow('401');
});
