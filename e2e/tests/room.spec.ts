import { expect } from '@playwright/test';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('two people on different masters see and hear each other', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
  await expect(ann.tileOf('bob')).toBeVisible();
  await expect(bob.tileOf('ann')).toBeVisible();
});

test('a third sees and hears both earlier ones, and leaving removes a tile', async ({ people }) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  const cyd = await people.enter(room, 'cyd');
  for (const person of [cyd, ann, bob]) await person.receives({ audio: 2, video: 2 });
  await bob.control('leave').click();
  for (const person of [ann, cyd]) {
    await expect(person.remoteTiles).toHaveCount(1);
    await person.receives({ audio: 1, video: 1 });
  }
});

test('a message reaches everybody once', async ({ people }) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  const cyd = await people.enter(room, 'cyd');
  await ann.say('hello everybody');
  for (const person of [ann, bob, cyd]) {
    await expect((await person.messages()).filter({ hasText: 'hello everybody' })).toHaveCount(1);
  }
});

test('a muted picture stops at the others and starts again', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await ann.control('toggle-video').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'false');
  await expect
    .poll(async () => {
      const before = await bob.frames();
      await bob.page.waitForTimeout(700);
      return (await bob.frames()) - before;
    })
    .toBe(0);
  await ann.control('toggle-video').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'true');
  await bob.receives({ audio: 1, video: 1 });
});

test('a muted microphone is shown to the others, and is heard again', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.control('toggle-audio').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-muted', 'true');
  await ann.control('toggle-audio').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-muted', 'false');
  await bob.receives({ audio: 1, video: 1 });
});

test('a shared screen appears beside the camera, and goes when it ends', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await ann.control('share-screen').click();
  await expect(bob.page.locator('[data-testid=tile][data-screen=true]')).toHaveCount(1);
  await bob.receives({ audio: 1, video: 2 });
  await ann.control('share-screen').click();
  await expect(bob.remoteTiles).toHaveCount(1);
});

test('a drawn picture and a tone can be published instead of devices', async ({ people }) => {
  const room = newRoom();
  await people.enter(room, 'ann', '&fake=1');
  const bob = await people.enter(room, 'bob', '&fake=1');
  await bob.receives({ audio: 1, video: 1 });
});
