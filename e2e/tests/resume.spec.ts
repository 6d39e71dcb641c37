import { expect } from '@playwright/test';
import { newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

test('a lost socket comes back with what was said meanwhile, and media never stops', async ({ people }) => {
  const [ann, bob] = await people.enterApart(newRoom());
  await ann.receives({ audio: 1, video: 1 });
  const tile = await ann.tileOf('bob').getAttribute('data-stream-id');
  await ann.loseSocket();
  await bob.say('are you there?');
  await expect((await ann.messages()).filter({ hasText: 'are you there?' })).toHaveCount(1);
  await ann.isConnected();
  await expect(ann.tileOf('bob')).toHaveAttribute('data-stream-id', tile ?? '');
  await expect(bob.remoteTiles).toHaveCount(1);
  await ann.receives({ audio: 1, video: 1 });
  await bob.receives({ audio: 1, video: 1 });
});
