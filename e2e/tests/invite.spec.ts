import { expect } from '@playwright/test';
import { plainFlags, soundAllowed } from '../support/chromium-flags.js';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('the form leads into the room', async ({ people }) => {
  const ann = await people.open('/');
  await ann.page.getByTestId('join-room').fill(newRoom());
  await ann.page.getByTestId('join-name').fill('ann');
  await ann.page.getByTestId('join-button').click();
  await ann.isInState('connected');
  await expect(ann.tiles).toHaveCount(1);
});

test('a link with a room, a name and join=1 joins at once', async ({ people }) => {
  const room = newRoom();
  const ann = await people.open(`/?room=${room}&name=ann&join=1`);
  await ann.isInState('connected');
  const bob = await people.open(`/?room=${room}&name=bob&join=1`);
  await bob.isInState('connected');
  await bob.receives({ audio: 1, video: 1 });
  await expect(bob.tileOf('ann')).toBeVisible();
});

test('the link that the room gives leads to the same room, and asks for the name', async ({ people }) => {
  const ann = await people.enter(newRoom(), 'ann');
  await ann.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ann.page.getByTestId('invite').click();
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  const bob = await people.open(link);
  await bob.page.getByTestId('join-name').fill('bob');
  await bob.page.getByTestId('join-button').click();
  await expect(ann.tileOf('bob')).toBeVisible();
});

test('fake=1 sends a drawn picture and a tone from a computer without devices', async ({
  people,
  launch,
}) => {
  const bare = await launch([...plainFlags, soundAllowed]);
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  await people.open(`/?room=${room}&name=bob&join=1&fake=1`, bare);
  await ann.receives({ audio: 1, video: 1 });
});
