import { expect } from '@playwright/test';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('two people on different masters see and hear each other', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await expect(ann.tileOf('bob')).toBeVisible();
  await expect(bob.tileOf('ann')).toBeVisible();
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
});

test('a third sees and hears both who were there, and who leaves is gone for the others', async ({
  people,
}) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  await ann.receives({ audio: 1, video: 1 });
  const cyd = await people.enter(room, 'cyd');
  for (const person of [cyd, ann, bob]) await person.receives({ audio: 2, video: 2 });

  await bob.control('leave').click();
  await bob.isInState('ended');
  for (const person of [ann, cyd]) {
    await expect(person.tileOf('bob')).toHaveCount(0);
    await expect(person.remoteTiles).toHaveCount(1);
    await person.receives({ audio: 1, video: 1 });
  }
});

test('a message reaches everybody once, in the order of sending', async ({ people }) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  const cyd = await people.enter(room, 'cyd', '&fake=1');
  await ann.say('good morning');
  await expect(bob.control('toggle-chat')).toHaveAttribute('data-unread', '1');
  await ann.say('is everybody here?');
  await cyd.openChat();
  await expect(cyd.messages).toContainText(['good morning', 'is everybody here?']);
  await cyd.say('yes');
  await bob.openChat();
  for (const person of [ann, bob, cyd]) {
    await expect(person.messages).toContainText(['good morning', 'is everybody here?', 'yes']);
  }
});

test('a camera that is turned off is shown so, sends nothing, and comes back', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await ann.control('toggle-video').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'false');
  await bob.stopsReceiving('video');
  await ann.control('toggle-video').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'true');
  await bob.receives({ audio: 1, video: 1 });
});

test('a microphone that is turned off is shown so, sends nothing, and comes back', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await ann.control('toggle-audio').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-muted', 'true');
  await bob.stopsReceiving('audio');
  await ann.control('toggle-audio').click();
  await expect(bob.tileOf('ann')).toHaveAttribute('data-muted', 'false');
  await bob.receives({ audio: 1, video: 1 });
});

test('who comes later sees what is turned off', async ({ people }) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  await expect(ann.tiles).toHaveAttribute('data-video', 'true');
  await ann.control('toggle-audio').click();
  await ann.control('toggle-video').click();
  await expect(ann.tiles).toHaveAttribute('data-video', 'false');
  const bob = await people.enter(room, 'bob');
  await expect(bob.tileOf('ann')).toHaveAttribute('data-muted', 'true');
  await expect(bob.tileOf('ann')).toHaveAttribute('data-video', 'false');
  await ann.control('toggle-audio').click();
  await ann.control('toggle-video').click();
  await bob.receives({ audio: 1, video: 1 });
});

test('a shared screen appears beside the camera, and goes when it ends', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await ann.control('share-screen').click();
  await expect(bob.screens).toHaveCount(1);
  await bob.receives({ audio: 1, video: 2 });
  await ann.control('share-screen').click();
  await expect(bob.screens).toHaveCount(0);
  await expect(bob.remoteTiles).toHaveCount(1);
  await bob.receives({ audio: 1, video: 1 });
});

test('somebody who leaves can join again', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.control('leave').click();
  await expect(ann.remoteTiles).toHaveCount(0);
  await bob.page.getByTestId('join-again').click();
  await bob.isInState('connected');
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
});
