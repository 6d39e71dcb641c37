import { expect } from '@playwright/test';
import { chromiumFlags } from '../support/chromium-flags.js';
import { authorization, environment, newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('the form leads into the room', async ({ page }) => {
  await page.goto('/');
  await page.getByTestId('join-room').fill(newRoom());
  await page.getByTestId('join-name').fill('ann');
  await page.getByTestId('join-button').click();
  await expect(page.getByTestId('room')).toHaveAttribute('data-state', 'connected');
  await expect(page.getByTestId('tile')).toHaveCount(1);
});

test('who may not use camera and microphone is told so, and can still watch', async ({
  playwright,
  people,
}) => {
  const room = newRoom();
  await people.enter(room, 'ann');
  const flags = chromiumFlags.filter((flag) => !flag.includes('fake-ui'));
  const strict = await playwright.chromium.launch({ executablePath: environment.chrome, args: flags });
  const page = await (await strict.newContext({ permissions: [], baseURL: environment.webUrl })).newPage();
  await page.goto(`/?room=${room}&name=bob`);
  await expect(page.getByTestId('device-problems')).toBeVisible();
  await page.getByTestId('join-button').click();
  await expect(page.getByTestId('room')).toHaveAttribute('data-state', 'connected');
  await expect(page.locator('[data-testid=tile][data-local=false]')).toHaveCount(1);
  await strict.close();
});

test('everybody is told when a backend closes the session', async ({ people }) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  const closed = await fetch(`${environment.apiUrl}/openvidu/api/sessions/${room}`, {
    method: 'DELETE',
    headers: { authorization },
  });
  expect(closed.status).toBe(204);
  await expect(ann.page.getByTestId('join-again')).toBeVisible();
});
