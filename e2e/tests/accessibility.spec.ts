import { expect } from '@playwright/test';
import { desktop, expectAccessible } from '../support/accessible.js';
import { fakeDevices, plainFlags, soundAllowed } from '../support/chromium-flags.js';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';
import { loseSignalNetwork } from '../support/signal-network.js';

test('axe finds nothing on the form, with devices, without, and with mistakes in it', async ({
  people,
  launch,
}) => {
  test.setTimeout(120_000);
  const { page } = await people.open('/');
  await expect(page.locator('video[data-playing=true]')).toBeVisible();
  await expectAccessible(page, 'form');
  await page.getByTestId('join-room').fill('...');
  await page.getByTestId('join-button').click();
  await expect(page.locator('[aria-invalid=true]')).toHaveCount(2);
  await expectAccessible(page, 'form with mistakes');

  const bare = await people.open('/', await launch([...plainFlags, soundAllowed]));
  await expect(bare.page.getByTestId('device-problems')).toBeVisible();
  await expectAccessible(bare.page, 'form without devices');
  const strict = await people.open('/', await launch([...plainFlags, fakeDevices, soundAllowed]));
  await expect(strict.page.getByTestId('device-problems')).toBeVisible();
  await expectAccessible(strict.page, 'form without permission');
});

test('axe finds nothing on the page of who is not let in', async ({ people }) => {
  const ann = await people.open('/');
  await ann.page.route('**/api/**', async (route) =>
    route.fulfill({ status: 403, json: { code: 'FORBIDDEN' } }),
  );
  await ann.page.goto(`/?room=${newRoom()}&name=ann&join=1`);
  await ann.isInState('failed');
  await expectAccessible(ann.page, 'not let in');
});

test('axe finds nothing in the room, alone, with others, with each panel, cut off, and at the end', async ({
  people,
}) => {
  test.setTimeout(180_000);
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  const { page } = ann;
  await expectAccessible(page, 'room, alone');

  const bob = await people.enter(room, 'bob');
  await ann.receives({ audio: 1, video: 1 });
  await expectAccessible(page, 'room with two');
  await bob.control('toggle-audio').click();
  await bob.control('toggle-video').click();
  await bob.say('hello');
  await expect(ann.tileOf('bob')).toHaveAttribute('data-video', 'false');
  await expect(ann.control('toggle-chat')).toHaveAttribute('data-unread', '1');
  await ann.control('toggle-audio').click();
  await expectAccessible(page, 'room with things turned off and an unread message');

  await page.getByTestId('devices').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'device menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.setViewportSize(desktop);
  await ann.control('toggle-chat').click();
  await expect(ann.messages).toHaveCount(1);
  await expectAccessible(page, 'chat');
  await page.setViewportSize(desktop);
  await page.keyboard.press('Escape');

  await page.getByTestId('toggle-cluster').click();
  await expect(page.getByTestId('cluster-node').first()).toBeVisible();
  await expectAccessible(page, 'cluster panel');
  await page.setViewportSize(desktop);
  await page.getByTestId('toggle-cluster').click();

  await loseSignalNetwork(page);
  await ann.isInState('reconnecting');
  await expect(page.getByTestId('interruption')).toBeVisible();
  await expectAccessible(page, 'reconnecting');

  await bob.control('leave').click();
  await bob.isInState('ended');
  await expectAccessible(bob.page, 'over');
});

test('the keyboard alone leads in, through everything, and out; the focus is where reading goes on', async ({
  people,
}) => {
  const ann = await people.open(`/?room=${newRoom()}`);
  const { page } = ann;
  const focused = page.locator(':focus');
  await page.getByTestId('join-name').focus();
  await page.keyboard.type('ann');
  await page.keyboard.press('Enter');
  await ann.isInState('connected');
  await expect(focused).toHaveRole('heading');

  const tabTo = async (testId: string) => {
    const target = page.getByTestId(testId);
    for (let presses = 0; presses < 30; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${testId}`);
  };
  for (const [button, name] of [
    ['toggle-audio', 'Microphone'],
    ['toggle-video', 'Camera'],
  ] as const) {
    await tabTo(button);
    await expect(focused).toHaveAccessibleName(name);
    await expect(focused).toHaveAttribute('aria-pressed', 'true');
    await expect(focused).toHaveCSS('outline-style', 'solid');
    await page.keyboard.press('Space');
    await expect(focused).toHaveAttribute('aria-pressed', 'false');
  }
  await tabTo('toggle-chat');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chat-input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('toggle-chat')).toBeFocused();
  await tabTo('devices');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('devices')).toBeFocused();
  await tabTo('toggle-cluster');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveRole('heading');
  await expect(focused).toHaveText('Cluster');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('toggle-cluster')).toBeFocused();

  await tabTo('leave');
  await page.keyboard.press('Enter');
  await ann.isInState('ended');
  await expect(focused).toHaveText('You left the room');
  await tabTo('other-room');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveText('Join a room');
});
