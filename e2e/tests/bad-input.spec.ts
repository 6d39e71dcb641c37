import { expect } from '@playwright/test';
import { OpenVidu } from 'openvidu-node-client';
import { authorization, environment, newRoom } from '../support/environment.js';
import { OpenViduPageServer } from '../support/openvidu-page.js';
import { test } from '../support/people.js';

const { apiUrl, secret } = environment;

async function createSession(body: unknown, headers: Record<string, string> = { authorization }) {
  return fetch(`${apiUrl}/openvidu/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('a wrong secret, and none, are refused', async () => {
  await expect(new OpenVidu(apiUrl, 'WRONG').createSession()).rejects.toThrow('401');
  expect((await createSession({}, {})).status).toBe(401);
});

for (const [field, value] of [
  ['customSessionId', 'no spaces'],
  ['customSessionId', 7],
  ['mediaMode', 'SIDEWAYS'],
  ['recovery', 'perhaps'],
] as const) {
  test(`${field}: ${JSON.stringify(value)} is refused by name`, async () => {
    const response = await createSession({ [field]: value });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, message: expect.stringContaining(field) });
  });
}

test('a token is good for one browser; whoever is inside notices nothing of the others', async ({
  people,
}) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  const { used, ...tokens } = await badTokens(room);
  await using server = await OpenViduPageServer.start();
  const bob = await people.open(server.url(used));
  await expect(bob.page.locator('#log')).toContainText('published');
  await ann.receives({ audio: 1, video: 1 });
  for (const token of [used, ...Object.values(tokens)]) {
    const other = await people.open(server.url(token));
    await expect(other.page.locator('#log')).toContainText(/refused.*token is (not known|malformed)/);
    await other.close();
  }
  await expect(ann.remoteTiles).toHaveCount(1);
  await ann.receives({ audio: 1, video: 1 });
});

/** A good token of the session, and what can be made of it. */
async function badTokens(
  room: string,
): Promise<Record<'used' | 'unknown' | 'elsewhere' | 'malformed', string>> {
  const session = await new OpenVidu(apiUrl, secret).createSession({ customSessionId: room });
  const { token } = await session.createConnection({});
  return {
    used: token,
    unknown: token.replace(/tok_\w+/, 'tok_AAAAAAAAAAAAAAAA'),
    elsewhere: token.replace(room, `${room}-other`),
    malformed: 'what is a token?',
  };
}

test('the page says so when its token is refused', async ({ browser }) => {
  const room = newRoom();
  const { token } = await (
    await new OpenVidu(apiUrl, secret).createSession({ customSessionId: room })
  ).createConnection({});
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.route('**/api/rooms/*/token', async (route) => {
    await route.fulfill({ json: { token, sessionId: room, room: { slug: room, name: room } } });
  });
  await page.goto(`/?room=${room}&name=ann&join=1`);
  await expect(page.getByTestId('room')).toHaveAttribute('data-state', 'connected');
  await page.reload();
  await expect(page.getByTestId('room')).toHaveAttribute('data-state', 'failed');
  await expect(page.getByRole('alert')).toContainText('Joining did not work');
  await page.unrouteAll();
  await page.getByTestId('join-again').click();
  await expect(page.getByTestId('room')).toHaveAttribute('data-state', 'connected');
  await context.close();
});
