import { expect, type Page } from '@playwright/test';
import { newRoom } from '../support/environment.js';
import { layoutShifts } from '../support/layout-shift.js';
import { test } from '../support/people.js';
import { loseSignalNetwork, restoreSignalNetwork } from '../support/signal-network.js';

/** Sum of what is let pass; from 0.1 on people notice, says whoever defined the number. */
const bound = 0.01;

async function expectNoJumps(page: Page): Promise<void> {
  const shifts = await layoutShifts(page);
  const sum = shifts.reduce((total, { score }) => total + score, 0);
  expect(sum, JSON.stringify(shifts)).toBeLessThan(bound);
}

test('nothing jumps when one joins, when others come and go, and while the connection is away', async ({
  people,
}) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  await expect(ann.tiles).toHaveAttribute('data-video', 'true');
  const bob = await people.enter(room, 'bob');
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
  const cyd = await people.enter(room, 'cyd');
  await ann.receives({ audio: 2, video: 2 });
  await loseSignalNetwork(ann.page);
  await ann.isInState('reconnecting');
  await expect(ann.page.getByTestId('interruption')).toBeVisible();
  await bob.control('toggle-video').click();
  await cyd.control('leave').click();
  await expect(bob.remoteTiles).toHaveCount(1);
  await restoreSignalNetwork(ann.page);
  await ann.isInState('connected');
  await expect(ann.tileOf('bob')).toHaveAttribute('data-video', 'false');
  await expect(ann.remoteTiles).toHaveCount(1);
  await expectNoJumps(ann.page);
  await expectNoJumps(bob.page);
});

test('nothing jumps on the form while camera and microphone come', async ({ people }) => {
  const ann = await people.open('/');
  await expect(ann.page.locator('video[data-playing=true]')).toBeVisible();
  await expect(ann.page.getByTestId('join-button')).toBeVisible();
  await expectNoJumps(ann.page);
});
