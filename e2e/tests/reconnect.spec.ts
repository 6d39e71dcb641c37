import { expect } from '@playwright/test';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';
import { cutSockets, loseSignalNetwork, restoreSignalNetwork } from '../support/signal-network.js';

test('while no master can be reached media goes on, and afterwards nothing is missing or doubled', async ({
  people,
}) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  await ann.receives({ audio: 1, video: 1 });
  const stream = await ann.tileOf('bob').getAttribute('data-stream-id');
  await bob.say('before');
  await ann.openChat();
  await expect(ann.messages).toContainText(['before']);

  await loseSignalNetwork(ann.page);
  await ann.isInState('reconnecting');
  await expect(ann.page.getByTestId('interruption')).toBeVisible();
  await bob.say('are you there?');
  await bob.say('ann?');
  await ann.say('I am cut off');
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
  await bob.control('toggle-audio').click();
  await expect(bob.messages).toContainText(['before', 'are you there?', 'ann?']);
  await ann.isInState('reconnecting');

  await restoreSignalNetwork(ann.page);
  await ann.isInState('connected');
  await expect(ann.page.getByTestId('interruption')).toHaveCount(0);
  for (const person of [ann, bob]) {
    await expect(person.messages).toContainText(['before', 'are you there?', 'ann?', 'I am cut off']);
  }
  await expect(ann.tileOf('bob')).toHaveAttribute('data-muted', 'true');
  await expect(ann.tileOf('bob')).toHaveAttribute('data-stream-id', stream ?? '');
  await expect(ann.tiles).toHaveCount(2);
  await expect(bob.tiles).toHaveCount(2);
  await bob.control('toggle-audio').click();
  await ann.receives({ audio: 1, video: 1 });
});

test('who came and who left meanwhile is shown afterwards', async ({ people }) => {
  const room = newRoom();
  const [ann, bob] = await people.enterApart(room);
  await ann.receives({ audio: 1, video: 1 });
  await loseSignalNetwork(ann.page);
  await ann.isInState('reconnecting');
  const cyd = await people.enter(room, 'cyd');
  await cyd.receives({ audio: 2, video: 2 });
  await bob.control('leave').click();
  await expect(cyd.remoteTiles).toHaveCount(1);
  await restoreSignalNetwork(ann.page);
  await ann.isInState('connected');
  await expect(ann.tileOf('bob')).toHaveCount(0);
  await expect(ann.remoteTiles).toHaveCount(1);
  await ann.receives({ audio: 1, video: 1 });
  await cyd.receives({ audio: 1, video: 1 });
});

test('a socket that is cut is replaced at once', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives({ audio: 1, video: 1 });
  for (const person of [ann, bob]) await cutSockets(person.page);
  await ann.say('still here?');
  await bob.openChat();
  for (const person of [ann, bob]) {
    await expect(person.messages).toContainText(['still here?']);
    await person.isInState('connected');
    await expect(person.remoteTiles).toHaveCount(1);
    await person.receives({ audio: 1, video: 1 });
  }
});

test('who stays away for too long is gone for the others, and is back when the network is', async ({
  people,
}) => {
  test.setTimeout(90_000);
  const [ann, bob] = await people.enterApart(newRoom());
  await bob.receives({ audio: 1, video: 1 });
  await loseSignalNetwork(ann.page);
  await expect(bob.remoteTiles).toHaveCount(0, { timeout: 30_000 });
  await restoreSignalNetwork(ann.page);
  await ann.isInState('connected');
  for (const person of [ann, bob]) {
    await expect(person.remoteTiles).toHaveCount(1);
    await person.receives({ audio: 1, video: 1 });
  }
});
